import type { Area } from '../entry.ts';

/** Views and materialized views. */
export const views: Area = {
  id: 'views',
  title: 'Views and materialized views',
  text: 'A view is locked like a table: every query that uses the view waits. Queries of the tables that it reads do not wait.',
  entries: [
    { id: 'create-view', sql: 'create view cheap as select id from products where price < 1' },
    {
      id: 'replace-view',
      sql: `create or replace view open_orders as select id, customer_id, status from orders where status = 'new'`,
    },
    {
      id: 'replace-view-add-column',
      sql: 'create or replace view open_orders as select id, customer_id, status, total from orders',
    },
    { id: 'replace-view-drop-column', sql: 'create or replace view open_orders as select id, customer_id from orders' },
    { id: 'set-view-option', sql: 'alter view open_orders set (security_barrier = true)' },
    { id: 'set-view-default', sql: `alter view open_orders alter status set default 'new'` },
    { id: 'set-view-owner', sql: 'alter view open_orders owner to accounting' },
    { id: 'rename-view', sql: 'alter view open_orders rename to current_orders' },
    { id: 'rename-view-column', sql: 'alter view open_orders rename column status to state' },
    {
      id: 'set-view-schema',
      setup: 'create schema archive',
      where: 'the schema is there',
      sql: 'alter view open_orders set schema archive',
    },
    { id: 'drop-view', sql: 'drop view open_orders' },
    {
      id: 'create-materialized-view',
      sql: 'create materialized view cheap as select id from products where price < 1',
    },
    {
      id: 'create-materialized-view-no-data',
      sql: 'create materialized view cheap as select id from products with no data',
    },
    { id: 'refresh-materialized-view', sql: 'refresh materialized view sales' },
    { id: 'refresh-materialized-view-concurrently', sql: 'refresh materialized view concurrently sales' },
    { id: 'refresh-materialized-view-no-data', sql: 'refresh materialized view sales with no data' },
    {
      id: 'set-materialized-view-schema',
      setup: 'create schema archive',
      where: 'the schema is there',
      sql: 'alter materialized view sales set schema archive',
    },
    { id: 'cluster-materialized-view', sql: 'alter materialized view sales cluster on sales_customer_id_idx' },
    { id: 'set-materialized-view-option', sql: 'alter materialized view sales set (fillfactor = 90)' },
    { id: 'set-materialized-view-statistics', sql: 'alter materialized view sales alter orders set statistics 500' },
    { id: 'rename-materialized-view', sql: 'alter materialized view sales rename to turnover' },
    { id: 'drop-materialized-view', sql: 'drop materialized view sales' },
  ],
};

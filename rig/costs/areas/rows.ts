import type { Area } from '../entry.ts';

const MODES = [
  'access share',
  'row share',
  'row exclusive',
  'share update exclusive',
  'share',
  'share row exclusive',
  'exclusive',
  'access exclusive',
];

/** Statements that read and change rows, and LOCK TABLE. */
export const rows: Area = {
  id: 'rows',
  title: 'Rows, and LOCK TABLE',
  text: 'Table locks of row changes block no other row changes. The changed rows stay locked until the transaction ends.',
  entries: [
    { id: 'select', sql: 'select count(*) from products' },
    { id: 'select-for-update', sql: 'select * from products where id = 1 for update' },
    { id: 'insert', sql: `insert into products values (5000, 'x', 'x', 1, 1)` },
    {
      id: 'insert-referencing',
      where: 'the table has a foreign key',
      sql: 'insert into orders (customer_id) values (1)',
    },
    { id: 'insert-select', sql: 'insert into reviews (id) select id from products' },
    { id: 'insert-partitioned', sql: `insert into payments values (5000, '2025-03-01', 1, 1)` },
    { id: 'update', sql: 'update products set stock = 2' },
    { id: 'update-one', where: 'the condition is the primary key', sql: 'update products set stock = 2 where id = 1' },
    { id: 'update-partitioned', sql: 'update payments set amount = 2' },
    { id: 'update-inherited', sql: `update documents set title = 'y'` },
    { id: 'delete', sql: 'delete from products' },
    {
      id: 'delete-referenced',
      where: 'a foreign key of order_lines refers to the table',
      setup: 'insert into orders (id, customer_id) values (5000, 1)',
      sql: 'delete from orders where id = 5000',
    },
    { id: 'delete-rule', where: 'a rule is DO INSTEAD NOTHING', sql: 'delete from documents' },
    {
      id: 'update-referencing',
      where: 'the column is a foreign key',
      sql: 'update orders set customer_id = 2 where id = 1',
    },
    {
      id: 'delete-cascade',
      where: 'a foreign key with ON DELETE CASCADE refers to the table',
      setup:
        'create table gifts (order_id bigint references orders (id) on delete cascade); insert into gifts select 1; delete from order_lines where order_id = 1; analyze gifts',
      sql: 'delete from orders where id = 1',
    },
    { id: 'explain', sql: 'explain update products set stock = 2' },
    { id: 'notify', sql: 'notify restocked' },
    {
      id: 'merge',
      sql: 'merge into reviews r using products p on r.product_id = p.id when matched then update set stars = 1',
    },
    ...MODES.map(mode => ({ id: `lock-${mode.replaceAll(' ', '-')}`, sql: `lock table orders in ${mode} mode` })),
    { id: 'lock-table', sql: 'lock table orders' },
    { id: 'lock-partitioned', sql: 'lock table payments in share mode' },
    { id: 'lock-inherited', sql: 'lock table documents in share mode' },
    { id: 'lock-view', sql: 'lock table open_orders in share mode' },
  ],
};

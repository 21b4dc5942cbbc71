import type { Area } from '../entry.ts';

/** VACUUM, ANALYZE, CLUSTER. */
export const maintenance: Area = {
  id: 'maintenance',
  title: 'VACUUM, ANALYZE, CLUSTER',
  text: 'VACUUM FULL and CLUSTER rewrite the table and its indexes, and need the disk space of both copies. No counter of the server shows how much of the table VACUUM and ANALYZE read. REINDEX is under Indexes.',
  entries: [
    { id: 'vacuum', sql: 'vacuum products', alone: true },
    { id: 'vacuum-analyze', sql: 'vacuum (analyze) products', alone: true },
    { id: 'vacuum-full', sql: 'vacuum full products', alone: true },
    { id: 'vacuum-partitioned', sql: 'vacuum payments', alone: true },
    { id: 'vacuum-inherited', sql: 'vacuum documents', alone: true },
    { id: 'vacuum-full-inherited', sql: 'vacuum full documents', alone: true },
    { id: 'vacuum-full-partitioned', sql: 'vacuum full payments', alone: true },
    { id: 'analyze-columns', sql: 'analyze products (sku)' },
    { id: 'vacuum-materialized-view', sql: 'vacuum full sales', alone: true },
    { id: 'analyze', sql: 'analyze products' },
    { id: 'analyze-partitioned', sql: 'analyze payments' },
    { id: 'analyze-inherited', sql: 'analyze documents' },
    { id: 'cluster', sql: 'cluster products using products_sku_idx' },
    { id: 'cluster-partitioned', sql: 'cluster payments using payments_pkey', alone: true },
  ],
};

import type { Area } from '../entry.ts';

/** VACUUM, ANALYZE, CLUSTER. */
export const maintenance: Area = {
  id: 'maintenance',
  title: 'VACUUM, ANALYZE, CLUSTER',
  text: 'VACUUM FULL and CLUSTER write the table and its indexes anew, and take what they need of disk twice. VACUUM and ANALYZE read the table in a way of their own, which no counter shows. REINDEX stands with the indexes.',
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

SET lock_timeout = '2s';

-- A longer varchar needs no rewrite, and no index is built again.
ALTER TABLE "Customer" ALTER COLUMN "email" SET DATA TYPE VARCHAR(254);

-- AlterTable
ALTER TABLE "orders" ALTER COLUMN "status" SET DATA TYPE VARCHAR(20);

-- CreateIndex
CREATE INDEX "orders_status_idx" ON "orders"("status");

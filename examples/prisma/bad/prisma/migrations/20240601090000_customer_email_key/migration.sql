-- CreateIndex
CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");

-- AlterTable
ALTER TABLE "Order" ADD COLUMN "currency" CHAR(3) NOT NULL;

-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "totalCents" SET DATA TYPE BIGINT;

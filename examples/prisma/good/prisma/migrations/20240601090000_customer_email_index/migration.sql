-- Prisma sends a file as one message: an index built concurrently is alone in its file.
CREATE UNIQUE INDEX CONCURRENTLY "Customer_email_key" ON "Customer"("email");

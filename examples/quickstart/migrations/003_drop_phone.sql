ALTER TABLE customers DROP COLUMN phone;
ALTER TABLE customers RENAME COLUMN email TO email_address;
ALTER TABLE orders ALTER COLUMN shipped_at SET NOT NULL;

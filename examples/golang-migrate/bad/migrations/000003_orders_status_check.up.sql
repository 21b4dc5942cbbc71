ALTER TABLE orders ADD CONSTRAINT orders_status_known CHECK (status IN ('open', 'paid', 'shipped'));
UPDATE orders SET status = 'open' WHERE status = 'new';
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);

export const open = 'select * from orders where status = $1';

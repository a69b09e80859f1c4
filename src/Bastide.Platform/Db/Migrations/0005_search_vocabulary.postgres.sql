-- PostgreSQL looks into the vectors themselves.
SELECT 1;

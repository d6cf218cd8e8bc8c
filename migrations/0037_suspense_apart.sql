-- What lies in suspense is asked for rarely, and planned only when it is asked for: as a part of each
-- question for lines, planning it took most of the time of a page.
ALTER FUNCTION bank_suspended(int) SET search_path = public, pg_temp;

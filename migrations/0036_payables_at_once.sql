-- What became of what a run made payable is joined at once: by nested loops, which sessions that write
-- prefer, a run of thousands of members took seconds to undo.
ALTER FUNCTION pay_run_payables(int, int) SET enable_nestloop = off;
ALTER FUNCTION pay_run_payables(int, int) SET enable_hashjoin = on;
ALTER FUNCTION pay_run_payables(int, int) SET enable_seqscan = on;
ALTER FUNCTION pay_run_payables(int, int) SET enable_bitmapscan = on;
ALTER FUNCTION pay_run_payables(int, int) SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION pay_run_payables(int, int) SET jit = off;

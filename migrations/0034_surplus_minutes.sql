-- A surplus by approved hours is divided by their minutes, exactly. Runs of before keep their hours in
-- millionths, and come out as they did.

ALTER TABLE surplus_share
  ADD COLUMN minutes int CHECK (minutes > 0),
  ADD CONSTRAINT minutes_make_the_measure
    CHECK (minutes IS NULL OR measure = (minutes::bigint * 1000000 + 30) / 60);
COMMENT ON COLUMN surplus_share.measure IS 'Hours or purchases in millionths; 1000000 where all are equal. '
  'Of approved hours rounded, to be read: minutes divide.';
COMMENT ON COLUMN surplus_share.minutes IS 'What was approved, where the run was divided by approved hours.';

#include "ledger/reminders/level_store.hpp"

namespace coop::reminders {

constexpr const char* reminder_setting_sql = R"sql(
  -- reminders.setting
  SELECT sends, minimum_minor, coalesce(reply_to, ''), language FROM reminder_setting WHERE node_id = $1
)sql";

ReminderSetting read_reminder_setting(Tx& tx, NodeId node) {
  const Rows found = rows(tx, reminder_setting_sql, node);
  if (found.empty()) return {};
  const Row row = found[0];
  return {row.boolean(0), row.int64(1), row.string(2), row.string(3)};
}

constexpr const char* store_reminder_setting_sql = R"sql(
  -- reminders.store_setting
  INSERT INTO reminder_setting (node_id, sends, minimum_minor, reply_to, language)
  VALUES ($1, $2, $3, nullif($4, ''), $5)
  ON CONFLICT (node_id) DO UPDATE
     SET (sends, minimum_minor, reply_to, language) = ROW ($2, $3, nullif($4, ''), $5)
)sql";

void store_reminder_setting(Tx& tx, NodeId node, const ReminderSetting& setting) {
  rows(tx, store_reminder_setting_sql, node, setting.sends, setting.minimum_minor, setting.reply_to,
       setting.language);
}

constexpr const char* levels_sql = R"sql(
  -- reminders.levels
  SELECT level, number, from_on, closed, after_days, fee_unit_id, fee_minor, charges_fee, decision
    FROM reminder_level
   WHERE node_id = $1
   ORDER BY level, number
)sql";

constexpr const char* texts_sql = R"sql(
  -- reminders.texts
  SELECT level, number, language, subject, body
    FROM reminder_text
   WHERE node_id = $1
   ORDER BY level, number, language
)sql";

std::vector<ReminderLevel> read_levels(Tx& tx, NodeId node) {
  std::vector<ReminderLevel> levels;
  for (const Row row : rows(tx, levels_sql, node)) {
    ReminderLevel level{.level = row.integer(0),
                        .number = row.integer(1),
                        .from_on = row.day(2),
                        .closed = row.boolean(3),
                        .after_days = row.integer(4),
                        .decision = row.string(8)};
    if (!row.is_null(5)) level.fee = ReminderFee{row.id<UnitId>(5), row.int64(6), row.boolean(7)};
    levels.push_back(std::move(level));
  }
  for (const Row row : rows(tx, texts_sql, node))
    for (ReminderLevel& level : levels)
      if (level.level == row.integer(0) && level.number == row.integer(1))
        level.texts.push_back({row.string(2), row.string(3), row.string(4)});
  return levels;
}

constexpr const char* insert_level_sql = R"sql(
  -- reminders.insert_level
  INSERT INTO reminder_level (node_id, level, number, from_on, closed, after_days, fee_unit_id, fee_minor,
                              charges_fee, decision, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(l.number), 0) + 1 FROM reminder_level l
                   WHERE l.node_id = $1 AND l.level = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11
  RETURNING number
)sql";

constexpr const char* insert_text_sql = R"sql(
  -- reminders.insert_text
  INSERT INTO reminder_text (node_id, level, number, language, subject, body) VALUES ($1, $2, $3, $4, $5, $6)
)sql";

int insert_level(Tx& tx, NodeId node, const ReminderLevel& level, const books::Author& author) {
  const std::optional<UnitId> unit = level.fee ? std::optional{level.fee->unit} : std::nullopt;
  const std::optional<std::int64_t> minor = level.fee ? std::optional{level.fee->minor} : std::nullopt;
  const int number =
      only_row(rows(tx, insert_level_sql, node, level.level, level.from_on, level.closed, level.after_days,
                    unit, minor, level.fee && level.fee->is_charged, level.decision, author.now, author.user))
          .integer(0);
  for (const ReminderText& text : level.texts)
    rows(tx, insert_text_sql, node, level.level, number, text.language, text.subject, text.body);
  return number;
}

}  // namespace coop::reminders

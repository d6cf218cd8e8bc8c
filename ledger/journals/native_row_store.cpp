#include "ledger/journals/native_row_store.hpp"

#include <map>

#include "ledger/journals/json_text.hpp"
#include "ledger/journals/native_member_rows_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

void write_cell(JsonObject& object, const RowField& field, const Row& row, int column) {
  if (row.is_null(column)) return;
  switch (field.type) {
    case FieldType::text:
    case FieldType::user:
    case FieldType::day:
      object.text(field.name, row.text(column));
      return;
    case FieldType::number:
      object.number(field.name, row.int64(column));
      return;
    case FieldType::instant:
      object.text(field.name, coop::text_of(row.instant(column)));
      return;
    case FieldType::truth:
      object.raw(field.name, row.boolean(column) ? "true" : "false");
      return;
  }
}

const RowStatements& statements_of(const RowKind& kind) {
  const RowStatements* found = find_member_statements(kind.kind);
  ensure(found != nullptr, "every kind of row has its statements");
  return *found;
}

}  // namespace

std::vector<NativeRow> read_native_rows(Tx& tx, NodeId node, const RowKind& kind, int after, int through) {
  std::vector<NativeRow> lines;
  for (const Row row : rows(tx, statements_of(kind).read, node, after, through)) {
    NativeRow line{&kind, {}};
    JsonObject object{line.json};
    for (std::size_t i = 0; i < kind.fields.size(); ++i)
      write_cell(object, kind.fields[i], row, static_cast<int>(i));
    object.end();
    lines.push_back(std::move(line));
  }
  return lines;
}

constexpr const char* last_of_native_rows_sql = R"sql(
  -- journals.last_of_native_rows
  SELECT coalesce(greatest((SELECT max(id) FROM party WHERE node_id = $1),
                           (SELECT max(id) FROM member_class WHERE node_id = $1),
                           (SELECT max(id) FROM membership WHERE node_id = $1),
                           (SELECT max(id) FROM meeting WHERE node_id = $1)), 0)
)sql";

int last_of_native_rows(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_of_native_rows_sql, node)).integer(0);
}

void insert_restored_rows(Tx& tx, NodeId node, const RowKind& kind, const std::vector<NativeRow>& lines) {
  std::string list{'['};
  for (const NativeRow& line : lines) {
    if (list.size() > 1) list += ',';
    list += line.json;
  }
  rows(tx, statements_of(kind).insert, node, list + ']');
}

}  // namespace coop::journals

#include "ledger/sharing/rule_store.hpp"

#include "ledger/sharing/rule_json.hpp"

namespace coop::sharing {

constexpr const char* read_versions_sql = R"sql(
  -- sharing.read_versions
  SELECT v.number, v.version, v.code, v.title, v.valid_from, v.rule, v.decision, v.handbook_link,
         v.adopted_on, v.rule_hash, v.recorded_at, w.name
    FROM sharing_version v
    LEFT JOIN user_account w ON w.id = v.recorded_by
   WHERE v.node_id = $1 AND ($2::text IS NULL OR v.code = $2) AND ($3::int IS NULL OR v.version = $3)
     AND ($4::date IS NULL
          OR v.valid_from = (SELECT max(x.valid_from) FROM sharing_version x
                              WHERE x.node_id = v.node_id AND x.code = v.code AND x.valid_from <= $4))
     AND ($5::text IS NULL OR v.code COLLATE "C" > $5 COLLATE "C")
   ORDER BY v.code COLLATE "C", v.version
   LIMIT $6::int
)sql";

std::vector<RuleVersion> read_versions(Tx& tx, NodeId node, const VersionFilter& filter) {
  std::vector<RuleVersion> versions;
  for (const Row row :
       rows(tx, read_versions_sql, node, filter.code, filter.version, filter.on, filter.after, filter.most)) {
    VersionDraft is{.code = row.string(2),
                    .title = row.string(3),
                    .valid_from = row.day(4),
                    .rule = {},
                    .decision = row.string(6),
                    .handbook_link = row.string(7),
                    .adopted_on = row.day(8)};
    if (!row.is_null(5)) is.rule = sharing_rule_from_text(row.text(5));
    versions.push_back({row.id<VersionNumber>(0), row.integer(1), std::move(is), row.string(9),
                        row.instant(10), row.maybe_string(11)});
  }
  return versions;
}

constexpr const char* insert_version_sql = R"sql(
  -- sharing.insert_version
  INSERT INTO sharing_version (node_id, number, code, version, title, valid_from, rule, rule_hash, decision,
    handbook_link, adopted_on, recorded_at, recorded_by)
  SELECT $1, coalesce(max(v.number), 0) + 1, $2, $3, $4, $5, $6,
         encode(sha256(convert_to($6::text, 'UTF8')), 'hex'), $7, $8, $9, $10, $11
    FROM sharing_version v
   WHERE v.node_id = $1
  RETURNING number
)sql";

VersionNumber insert_version(Tx& tx, NodeId node, const VersionDraft& draft, int version,
                             const books::Author& author) {
  const auto rule = draft.rule ? std::optional{canonical_text(*draft.rule)} : std::nullopt;
  const auto link = draft.handbook_link.empty() ? std::nullopt : std::optional{draft.handbook_link};
  return only_row(rows(tx, insert_version_sql, node, draft.code, version, draft.title, draft.valid_from, rule,
                       draft.decision, link, draft.adopted_on, author.now, author.user))
      .id<VersionNumber>(0);
}

}  // namespace coop::sharing

#include "ledger/dues/facts_store.hpp"

#include "ledger/dues/charge_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

const Day end_of_days = Day::parse("9999-12-31");

// The memberships of the stretch by id, while it is being read.
class Reading {
 public:
  explicit Reading(DuesStretch& stretch) : stretch_{stretch} {}

  void add(const Row& row) {
    const auto id = row.id<MembershipId>(0);
    places_.emplace(id, stretch_.memberships.size());
    const auto member = row.id<PartyId>(1);
    stretch_.memberships.push_back({id, member, {{}, {}, {}, member, row.id<ClassId>(3)}, {}});
    stretch_.numbers.emplace(member, row.string(2));
    courses_.push_back({id, member, row.id<ClassId>(3), row.day(4), row.maybe_day(5), {}});
  }
  void add_change(const Row& row) {
    const auto annuls = row.maybe_int64(5);
    course(row).changes.push_back({row.integer(1),
                                   members::change_kind_from(row.text(2)),
                                   row.day(3),
                                   {},
                                   {},
                                   row.instant(4),
                                   {},
                                   annuls ? std::optional{static_cast<int>(*annuls)} : std::nullopt});
  }
  void add_subscription(const Row& row) {
    const auto payer = row.id<PartyId>(5);
    stretch_.numbers.emplace(payer, row.string(6));
    const auto tier = row.maybe_int64(3);
    of(row).facts.subscriptions.push_back(
        {row.integer(1), row.day(2),
         tier ? std::optional{TierId{static_cast<TierId::number_type>(*tier)}} : std::nullopt,
         row.maybe_int64(4), payer, row.integer(7)});
  }
  void add_concession(const Row& row) {
    of(row).facts.concessions.push_back(
        {row.integer(1), row.day(2), row.maybe_day(3), Ratio{row.int64(4), row.int64(5)}, {}, {}, {}});
  }
  void add_charge(Charge charge) {
    MembershipDues& dues = stretch_.memberships[places_.at(*charge.membership)];
    dues.charged.push_back(std::move(charge));
  }
  void finish() {
    for (std::size_t i = 0; i < courses_.size(); ++i)
      for (const members::DayRange& range : members::active_days(courses_[i]))
        stretch_.memberships[i].facts.active.emplace_back(range.first, range.last.value_or(end_of_days));
  }

 private:
  MembershipDues& of(const Row& row) { return stretch_.memberships[places_.at(row.id<MembershipId>(0))]; }
  members::Membership& course(const Row& row) { return courses_[places_.at(row.id<MembershipId>(0))]; }

  DuesStretch& stretch_;
  std::map<MembershipId, std::size_t> places_;
  std::vector<members::Membership> courses_;
};

}  // namespace

constexpr const char* dues_memberships_sql = R"sql(
  -- dues.memberships
  SELECT m.id, m.party_id, p.number, m.class_id, m.from_on, m.until_on
    FROM membership m
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
   WHERE m.node_id = $1 AND m.id > $2 AND ($3::int IS NULL OR m.id <= $3)
     AND (EXISTS (SELECT FROM subscription s WHERE s.node_id = m.node_id AND s.membership_id = m.id)
          OR m.class_id IN (SELECT class_id FROM class_rule
                             WHERE node_id = $1 AND obligation_minor IS NOT NULL))
   ORDER BY m.id
   LIMIT $4
)sql";

constexpr const char* dues_changes_sql = R"sql(
  -- dues.membership_changes
  SELECT membership_id, number, kind, on_day, recorded_at, annuls
    FROM membership_change
   WHERE node_id = $1 AND membership_id = ANY ($2::int[])
   ORDER BY membership_id, number
)sql";

constexpr const char* dues_subscriptions_sql = R"sql(
  -- dues.subscriptions
  SELECT s.membership_id, s.number, s.from_on, s.tier_id, s.chosen_minor, s.payer_id, p.number, s.instalments
    FROM subscription s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.payer_id
   WHERE s.node_id = $1 AND s.membership_id = ANY ($2::int[])
   ORDER BY s.membership_id, s.number
)sql";

constexpr const char* dues_concessions_sql = R"sql(
  -- dues.concessions
  SELECT c.membership_id, c.number, c.from_on, least(c.until_on, e.last_on),
         c.numerator, c.denominator
    FROM concession c
    LEFT JOIN concession_end e ON e.node_id = c.node_id AND e.membership_id = c.membership_id
                              AND e.concession_number = c.number
   WHERE c.node_id = $1 AND c.membership_id = ANY ($2::int[])
   ORDER BY c.membership_id, c.number
)sql";

DuesStretch read_dues_stretch(Tx& tx, NodeId node, const StretchOf& which, const Period& window) {
  DuesStretch stretch;
  Reading reading{stretch};
  SqlArray ids;
  for (const Row row : rows(tx, dues_memberships_sql, node, which.after, which.last, which.limit)) {
    reading.add(row);
    ids.add(row.id<MembershipId>(0));
  }
  if (stretch.memberships.empty()) return stretch;
  const SqlValue these = ids.value();
  for (const Row row : report_rows(tx, dues_changes_sql, node, these)) reading.add_change(row);
  for (const Row row : report_rows(tx, dues_subscriptions_sql, node, these)) reading.add_subscription(row);
  for (const Row row : report_rows(tx, dues_concessions_sql, node, these)) reading.add_concession(row);
  for (Charge& charge : read_bare_charges(tx, node, these, window)) reading.add_charge(std::move(charge));
  reading.finish();
  return stretch;
}

constexpr const char* count_dues_memberships_sql = R"sql(
  -- dues.count_memberships
  SELECT count(*)
    FROM membership m
   WHERE m.node_id = $1
     AND (EXISTS (SELECT FROM subscription s WHERE s.node_id = m.node_id AND s.membership_id = m.id)
          OR m.class_id IN (SELECT class_id FROM class_rule
                             WHERE node_id = $1 AND obligation_minor IS NOT NULL))
)sql";

std::int64_t count_dues_memberships(Tx& tx, NodeId node) {
  return only_row(rows(tx, count_dues_memberships_sql, node)).int64(0);
}

}  // namespace coop::dues

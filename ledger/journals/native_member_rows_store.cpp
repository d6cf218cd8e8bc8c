#include "ledger/journals/native_member_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_parties_sql = R"sql(
  -- journals.native_parties
  SELECT p.id, p.number, p.kind, p.recorded_at, w.name
    FROM party p
    LEFT JOIN user_account w ON w.id = p.recorded_by
   WHERE p.node_id = $1 AND p.id > $2 AND p.id <= $3
   ORDER BY p.id
)sql";

constexpr const char* insert_parties_sql = R"sql(
  -- journals.restore_parties
  INSERT INTO party (node_id, id, number, kind, dimension_id, recorded_at, recorded_by)
  SELECT $1, r.id, r.number, r.party, d.id, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, number text, party text, recorded_at timestamptz,
           recorded_by text)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'member' AND d.code = r.number
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements parties{read_parties_sql, insert_parties_sql};

constexpr const char* read_profiles_sql = R"sql(
  -- journals.native_profiles
  SELECT p.number, f.name, f.email, f.iban, f.address, f.country, f.language, f.updated_at
    FROM party_profile f
    JOIN party p ON p.node_id = f.node_id AND p.id = f.party_id
   WHERE f.node_id = $1 AND f.party_id > $2 AND f.party_id <= $3
   ORDER BY f.party_id
)sql";

constexpr const char* insert_profiles_sql = R"sql(
  -- journals.restore_profiles
  INSERT INTO party_profile (node_id, party_id, name, email, iban, address, country, language, updated_at)
  SELECT $1, p.id, r.name, r.email, r.iban, r.address, r.country, r.language, r.updated_at
    FROM jsonb_to_recordset($2::jsonb) AS r (member text, name text, email text, iban text, address text,
           country text, language text, updated_at timestamptz)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
)sql";

constexpr RowStatements profiles{read_profiles_sql, insert_profiles_sql};

constexpr const char* read_erasures_sql = R"sql(
  -- journals.native_erasures
  SELECT p.number, e.erased_at, w.name, e.reason
    FROM party_erasure e
    JOIN party p ON p.node_id = e.node_id AND p.id = e.party_id
    LEFT JOIN user_account w ON w.id = e.erased_by
   WHERE e.node_id = $1 AND e.party_id > $2 AND e.party_id <= $3
   ORDER BY e.party_id
)sql";

constexpr const char* insert_erasures_sql = R"sql(
  -- journals.restore_erasures
  INSERT INTO party_erasure (node_id, party_id, erased_at, erased_by, reason)
  SELECT $1, p.id, r.erased_at, w.id, r.reason
    FROM jsonb_to_recordset($2::jsonb) AS r (member text, erased_at timestamptz, erased_by text, reason text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.erased_by
)sql";

constexpr RowStatements erasures{read_erasures_sql, insert_erasures_sql};

constexpr const char* read_head_counts_sql = R"sql(
  -- journals.native_head_counts
  SELECT p.number, h.number, h.from_on, h.members, h.recorded_at, w.name
    FROM head_count h
    JOIN party p ON p.node_id = h.node_id AND p.id = h.party_id
    LEFT JOIN user_account w ON w.id = h.recorded_by
   WHERE h.node_id = $1 AND h.party_id > $2 AND h.party_id <= $3
   ORDER BY h.party_id, h.number
)sql";

constexpr const char* insert_head_counts_sql = R"sql(
  -- journals.restore_head_counts
  INSERT INTO head_count (node_id, party_id, number, from_on, members, recorded_at, recorded_by)
  SELECT $1, p.id, r.number, r.from_on, r.members, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (member text, number int, from_on date, members int,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements head_counts{read_head_counts_sql, insert_head_counts_sql};

constexpr const char* read_classes_sql = R"sql(
  -- journals.native_classes
  SELECT c.id, c.code, c.title, c.recorded_at, w.name
    FROM member_class c
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.id > $2 AND c.id <= $3
   ORDER BY c.id
)sql";

constexpr const char* insert_classes_sql = R"sql(
  -- journals.restore_classes
  INSERT INTO member_class (node_id, id, code, title, recorded_at, recorded_by)
  SELECT $1, r.id, r.code, r.title, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, code text, title text, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements classes{read_classes_sql, insert_classes_sql};

constexpr const char* read_class_rules_sql = R"sql(
  -- journals.native_class_rules
  SELECT c.code, r.number, r.from_on, r.weight_numerator || '/' || r.weight_denominator, r.one_vote,
         r.attendance_numerator || '/' || r.attendance_denominator, r.grace_days, r.arrears_days,
         r.is_solidarity, round(r.obligation_minor / power(10::numeric, u.scale), u.scale), u.code,
         r.decision, r.recorded_at, w.name
    FROM class_rule r
    JOIN member_class c ON c.node_id = r.node_id AND c.id = r.class_id
    LEFT JOIN unit u ON u.id = r.obligation_unit_id
    LEFT JOIN user_account w ON w.id = r.recorded_by
   WHERE r.node_id = $1 AND r.class_id > $2 AND r.class_id <= $3
   ORDER BY r.class_id, r.number
)sql";

constexpr const char* insert_class_rules_sql = R"sql(
  -- journals.restore_class_rules
  INSERT INTO class_rule (node_id, class_id, number, from_on, weight_numerator, weight_denominator, one_vote,
    attendance_numerator, attendance_denominator, grace_days, arrears_days, is_solidarity, obligation_minor,
    obligation_unit_id, decision, recorded_at, recorded_by)
  SELECT $1, c.id, r.number, r.from_on, split_part(r.weight, '/', 1)::bigint,
         split_part(r.weight, '/', 2)::bigint, r.one_vote, split_part(r.attendance, '/', 1)::bigint,
         split_part(r.attendance, '/', 2)::bigint, r.grace_days, r.arrears_days, r.is_solidarity,
         (r.obligation * power(10::numeric, u.scale))::bigint, u.id, r.decision, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (class text, number int, from_on date, weight text,
           one_vote text, attendance text, grace_days int, arrears_days int, is_solidarity boolean,
           obligation numeric, unit text, decision text, recorded_at timestamptz, recorded_by text)
    JOIN member_class c ON c.node_id = $1 AND c.code = r.class
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements class_rules{read_class_rules_sql, insert_class_rules_sql};

constexpr const char* read_memberships_sql = R"sql(
  -- journals.native_memberships
  SELECT m.id, p.number, c.code, m.from_on, m.until_on, m.taken_back, m.recorded_at, w.name
    FROM membership m
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
    JOIN member_class c ON c.node_id = m.node_id AND c.id = m.class_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1 AND m.id > $2 AND m.id <= $3
   ORDER BY m.id
)sql";

constexpr const char* insert_memberships_sql = R"sql(
  -- journals.restore_memberships
  INSERT INTO membership (node_id, id, party_id, class_id, from_on, until_on, taken_back, recorded_at,
    recorded_by)
  SELECT $1, r.id, p.id, c.id, r.from_on, r.until_on, r.taken_back, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, member text, class text, from_on date, until_on date,
           taken_back boolean, recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    JOIN member_class c ON c.node_id = $1 AND c.code = r.class
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements memberships{read_memberships_sql, insert_memberships_sql};

constexpr const char* read_membership_changes_sql = R"sql(
  -- journals.native_membership_changes
  SELECT c.membership_id, c.number, c.kind, c.on_day, c.reason, c.decision, c.recorded_at, w.name, c.annuls
    FROM membership_change c
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.membership_id > $2 AND c.membership_id <= $3
   ORDER BY c.membership_id, c.number
)sql";

constexpr const char* insert_membership_changes_sql = R"sql(
  -- journals.restore_membership_changes
  INSERT INTO membership_change (node_id, membership_id, number, kind, on_day, reason, decision, recorded_at,
    recorded_by, annuls)
  SELECT $1, r.membership, r.number, r.change, r.on_day, r.reason, r.decision, r.recorded_at, w.id, r.annuls
    FROM jsonb_to_recordset($2::jsonb) AS r (membership int, number int, change text, on_day date,
           reason text, decision text, recorded_at timestamptz, recorded_by text, annuls int)
    LEFT JOIN user_account w ON w.name = r.recorded_by
   ORDER BY r.membership, r.number
)sql";

constexpr RowStatements membership_changes{read_membership_changes_sql, insert_membership_changes_sql};

constexpr const char* read_meetings_sql = R"sql(
  -- journals.native_meetings
  SELECT m.id, m.held_on, m.title, c.code, m.recorded_at, w.name
    FROM meeting m
    LEFT JOIN member_class c ON c.node_id = m.node_id AND c.id = m.class_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1 AND m.id > $2 AND m.id <= $3
   ORDER BY m.id
)sql";

constexpr const char* insert_meetings_sql = R"sql(
  -- journals.restore_meetings
  INSERT INTO meeting (node_id, id, held_on, title, class_id, recorded_at, recorded_by)
  SELECT $1, r.id, r.held_on, r.title, c.id, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, held_on date, title text, class text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN member_class c ON c.node_id = $1 AND c.code = r.class
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements meetings{read_meetings_sql, insert_meetings_sql};

constexpr const char* read_attendances_sql = R"sql(
  -- journals.native_attendances
  SELECT a.meeting_id, p.number, a.number, a.was_there, a.recorded_at, w.name
    FROM attendance a
    JOIN party p ON p.node_id = a.node_id AND p.id = a.party_id
    LEFT JOIN user_account w ON w.id = a.recorded_by
   WHERE a.node_id = $1 AND a.meeting_id > $2 AND a.meeting_id <= $3
   ORDER BY a.meeting_id, a.party_id, a.number
)sql";

constexpr const char* insert_attendances_sql = R"sql(
  -- journals.restore_attendances
  INSERT INTO attendance (node_id, meeting_id, party_id, number, was_there, recorded_at, recorded_by)
  SELECT $1, r.meeting, p.id, r.number, r.was_there, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (meeting int, member text, number int, was_there boolean,
           recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements attendances{read_attendances_sql, insert_attendances_sql};

constexpr NamedStatements member_kinds[] = {
    {"party", parties},          {"profile", profiles},
    {"erasure", erasures},       {"head_count", head_counts},
    {"member_class", classes},   {"class_rule", class_rules},
    {"membership", memberships}, {"membership_change", membership_changes},
    {"meeting", meetings},       {"attendance", attendances},
};

}  // namespace

std::span<const NamedStatements> member_statements() { return member_kinds; }

}  // namespace coop::journals

// Files whose hashes are right and whose members contradict each other: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const Instant joined_at = instant_from_text("2026-02-01T09:00:00Z");

/// Reads and checks lines; answers the first refusal's code, "accepted" if there is none.
class MemberLines {
 public:
  MemberLines() {
    take(NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1, joined_at,
                    joined_at, 0, 0, books::first_link_of("bcn")});
    take(NativeUnit{"EUR", "Euro", 2, "currency"});
    int id = 0;
    for (const auto& [code, name] :
         {std::pair{"M1", "M1"}, std::pair{"M2", "M2"}, std::pair{"O1", "O1"}, std::pair{"M3", "Maria"}})
      take(NativeDimension{++id, books::DimensionKind::member, code, name, joined_at});
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find("@"); place != std::string::npos; place = json.find("@"))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] { take(native_line_from(json, checks_.scales())); });
  }
  /// Takes lines that are right.
  MemberLines& with(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) EXPECT_EQ(take(line), "accepted") << line;
    return *this;
  }
  /// The end of the file.
  std::string finish() {
    const NativeEnd end{lines_, books::first_link_of("bcn"), Hash{}};
    return test::refusal_code([&] { checks_.take(end); });
  }

 private:
  void take(const NativeLine& line) {
    checks_.take(line);
    ++lines_[std::string{kind_of(line)}];
  }
  NativeChecks checks_;
  std::map<std::string, std::int64_t> lines_;
};

const std::string maria = R"({"kind":"party","id":1,"number":"M1","party":"person",@})";
const std::string jordi = R"({"kind":"party","id":2,"number":"M2","party":"person",@})";
const std::string platform = R"({"kind":"party","id":3,"number":"O1","party":"organisation",@})";
const std::string users = R"({"kind":"member_class","id":1,"code":"user","title":"Users",@})";

std::string membership(int id, const std::string& from_on,
                       const std::string& more = R"("taken_back":false)") {
  return R"({"kind":"membership","id":)" + std::to_string(id) +
         R"(,"member":"M1","class":"user","from_on":")" + from_on + "\"," + more + ",@}";
}
std::string change(int of, int number, const std::string& kind, const std::string& on_day,
                   const std::string& more = R"("reason":"why")") {
  return R"({"kind":"membership_change","membership":)" + std::to_string(of) + R"(,"number":)" +
         std::to_string(number) + R"(,"change":")" + kind + R"(","on_day":")" + on_day + "\"," + more + ",@}";
}

/// Lines that are right, then one that is not.
struct FalseLine {
  std::vector<std::string> before;
  std::string line;
  const char* code = "import_contradicts";
};

TEST(NativeMemberChecks, RefuseTheFirstLineThatContradicts) {
  const std::string updated = R"("updated_at":"2026-02-01T09:00:00Z"})";
  const std::string profile = R"({"kind":"profile","member":"M1","name":"Maria",)" + updated;
  const std::string erasure =
      R"({"kind":"erasure","member":"M1","erased_at":"2026-02-01T09:00:00Z","reason":"asked"})";
  const std::string declared = R"("number":1,"from_on":"2026-01-01","members":5,@})";
  const std::string heads = R"({"kind":"head_count","member":"O1",)" + declared;
  const std::string rule = R"({"kind":"class_rule","class":"user","number":1,"from_on":"2026-01-01",)"
                           R"("one_vote":"member","grace_days":0,"arrears_days":0,"is_solidarity":false,)"
                           R"("decision":"Assembly")";
  const std::string meeting = R"({"kind":"meeting","id":1,"held_on":"2026-01-10","title":"All hands",@})";
  const std::string present =
      R"({"kind":"attendance","meeting":1,"member":"M1","number":1,"was_there":true,@})";
  const std::vector<FalseLine> table{
      {{}, R"({"kind":"party","id":1,"number":"M9","party":"person",@})"},
      {{}, R"({"kind":"party","id":1,"number":"M3","party":"person",@})"},  // the books tell a name
      {{}, R"({"kind":"party","id":0,"number":"M1","party":"person",@})"},
      {{}, R"({"kind":"party","id":1,"number":"M1","party":"ghost",@})", "field_invalid"},
      {{}, R"({"kind":"party","id":1,"number":"M1",@})", "import_unreadable"},
      {{}, R"({"kind":"party","id":1,"number":"M1","party":"person","name":"Maria",@})", "import_unreadable"},
      {{maria}, maria},
      {{maria}, R"({"kind":"party","id":1,"number":"M2","party":"person",@})"},
      {{maria, users}, maria},  // too late
      {{}, profile},
      {{maria, profile}, profile},
      {{maria}, R"({"kind":"profile","member":"M1","name":"",)" + updated, "field_invalid"},
      {{maria}, R"({"kind":"profile","member":"M1","name":"x","iban":"ES00",)" + updated, "iban_malformed"},
      {{maria, profile}, erasure},
      {{maria, erasure}, erasure},
      {{maria, platform}, R"({"kind":"head_count","member":"M1",)" + declared},
      {{platform, heads}, heads},
      {{users}, users},
      {{}, rule + ",@}"},
      {{users}, rule + R"(,"weight":"2/4",@})"},
      {{users}, rule + R"(,"weight":"3/2",@})", "field_invalid"},
      {{users}, rule + R"(,"obligation":"10.00",@})"},
      {{users}, rule + R"(,"obligation":"10.00","unit":"ECO",@})"},
      {{users, rule + ",@}"}, rule + ",@}"},
      {{users}, membership(1, "2026-01-01")},
      {{maria}, membership(1, "2026-01-01")},
      {{maria, users}, membership(1, "2026-01-01", R"("taken_back":false,"until_on":"2025-12-31")")},
      {{maria, users, membership(1, "2026-01-01")}, membership(1, "2026-02-01")},
      {{maria, users}, change(1, 1, "applied", "2026-01-01")},
      {{maria, users, membership(1, "2026-01-01")}, change(1, 2, "applied", "2026-01-01")},
      {{maria, users, membership(1, "2026-01-01"), change(1, 1, "applied", "2026-01-01")},
       change(1, 2, "applied", "2026-01-02", R"("reason":"why","annuls":1)")},
      {{maria, users, membership(1, "2026-01-01"), change(1, 1, "applied", "2026-01-01")},
       change(1, 2, "applied", "2026-01-01", R"("reason":"","annuls":1)")},
      {{maria, users, membership(1, "2026-01-01"), change(1, 1, "applied", "2026-01-01")},
       change(1, 2, "left", "2026-02-01", R"("reason":"")")},
      {{maria}, R"({"kind":"meeting","id":1,"held_on":"2026-01-10","title":"x","class":"user",@})"},
      {{meeting}, present},
      {{maria}, present},
      {{maria, meeting, present}, present},
  };
  for (const FalseLine& row : table)
    EXPECT_EQ(MemberLines{}.with(row.before).take(row.line), row.code) << row.line;
}

TEST(NativeMemberChecks, RefuseMembershipsThatTheirChangesContradict) {
  const std::string applied = change(1, 1, "applied", "2026-01-01");
  const auto finished = [](const std::vector<std::string>& lines) {
    return MemberLines{}.with({maria, users}).with(lines).finish();
  };
  EXPECT_EQ(finished({membership(1, "2026-01-01"), applied}), "accepted");
  EXPECT_EQ(finished({membership(1, "2026-01-01", R"("taken_back":false,"until_on":"2026-02-01")"),
                      membership(2, "2026-02-02"), applied, change(1, 2, "left", "2026-02-01"),
                      change(2, 1, "applied", "2026-02-02")}),
            "accepted");
  EXPECT_EQ(finished({membership(1, "2026-01-01")}), "import_contradicts");
  EXPECT_EQ(finished({membership(1, "2026-01-02"), applied}), "change_contradicts");
  EXPECT_EQ(finished({membership(1, "2026-01-01"), applied, change(1, 2, "resumed", "2026-02-01")}),
            "change_contradicts");
  EXPECT_EQ(finished({membership(1, "2026-01-01"), applied, change(1, 2, "left", "2026-02-01")}),
            "import_contradicts");
  EXPECT_EQ(finished({membership(1, "2026-01-01", R"("taken_back":true)"), applied}), "import_contradicts");
  EXPECT_EQ(finished({membership(1, "2026-01-01"), membership(2, "2026-02-01"), applied,
                      change(2, 1, "applied", "2026-02-01")}),
            "import_contradicts");
}

}  // namespace
}  // namespace coop::journals

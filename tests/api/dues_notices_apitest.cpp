// Where dues are paid, references, notices, codes to pay with and the list of arrears, over HTTP and on the
// command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class DuesNotices : public CommandTest {
 protected:
  DuesNotices() : CommandTest{"dues"} {
    make("member-classes", R"({"code":"user","title":"Users"})");
    make("dues/tiers", R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
    make("dues/tiers/standard/prices", R"({"from_on":"2026-01-01","suggested":"20.00"})");
    for (const char* number : {"M0001", "M0002"}) {
      make("members", R"({"kind":"person","number":")" + std::string{number} +
                          R"(","profile":{"name":"Aimée <b>","address":"Rue Haute 12\n1000 Brussels"}})");
      make("dues/charges", R"({"member":")" + std::string{number} +
                               R"(","amount":"20.00","unit":"EUR","on":"2026-01-05","why":"Keys & locks"})");
    }
    EXPECT_EQ(send("PUT", at("dues/payee"), {.body = payee}).status, 200);
  }
  static constexpr const char* payee =
      R"({"account_holder":"Rivers Co-op SCCL","iban":"BE68 5390 0754 7034","letterhead":"Here 1",
          "closing":"Write to us."})";
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_F(DuesNotices, AreAPageThatPrintsOrPlainText) {
  const ApiAnswer page = get(at("members/M0001/dues/notice?as_of=2026-01-05"));
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_TRUE(holds(page.body, "Aimée &lt;b&gt;")) << page.body;
  EXPECT_TRUE(holds(page.body, "Keys &amp; locks")) << page.body;
  EXPECT_TRUE(holds(page.body, "<svg")) << page.body;
  EXPECT_TRUE(holds(page.body, "BE68 5390 0754 7034"));
  const ApiAnswer text = get(at("dues/charges/2/notice?as_of=2026-02-05&format=text"));
  EXPECT_EQ(text.headers.at("content-type"), "text/plain; charset=utf-8");
  EXPECT_TRUE(holds(text.body, "Please pay 20.00 EUR.")) << text.body;
  EXPECT_TRUE(holds(text.body, "M0002")) << text.body;
  const ApiAnswer by_header =
      send("GET", at("members/M0001/dues/notice"), {.headers = {{"Accept", "text/plain"}}});
  EXPECT_EQ(by_header.headers.at("content-type"), "text/plain; charset=utf-8");
  const std::string auditor = token_of_new_user("audrey", {access::Role::auditor});
  EXPECT_EQ(send("GET", at("members/M0001/dues/notice"), {.token = auditor}).code(), "role_missing")
      << "a notice holds a name and an address";
}

TEST_F(DuesNotices, GiveACodeToPayWith) {
  const std::string code = at("members/M0001/dues/payment-code");
  EXPECT_EQ(get(code).headers.at("content-type"), "image/svg+xml");
  EXPECT_TRUE(get(code).body.starts_with("<svg"));
  EXPECT_TRUE(get(code + "?format=png&scale=4").body.starts_with("\x89PNG"));
  EXPECT_EQ(get(code + "?format=text").body,
            "BCD\n002\n1\nSCT\n\nRivers Co-op SCCL\nBE68539007547034\nEUR20.00\n\n" +
                get(at("members/M0001/dues")).text("reference"));
  EXPECT_TRUE(holds(get(at("dues/charges/1/payment-code?format=text")).body,
                    get(at("dues/charges/1")).text("reference")));
  EXPECT_EQ(get(at("dues/charges/1/payment-code?as_of=2026-01-01")).code(), "payment_code_impossible");
  EXPECT_EQ(send("PUT", at("dues/payee"), {.body = "{}"}).status, 200);
  EXPECT_EQ(get(code).code(), "payment_code_impossible") << "nobody said where it is paid";
}

TEST_F(DuesNotices, AreTracedByTheirReferences) {
  const std::string member = get(at("members/M0001")).text("reference");
  const ApiAnswer own = get(at("dues/references/" + member + "?as_of=2026-01-06"));
  EXPECT_EQ(own.json().at("owners").at(0).at("member").as_string(), "M0001") << own.body;
  EXPECT_EQ(own.json().at("owners").at(0).at("open").at(0).at("amount").as_string(), "20.00") << own.body;
  const std::string charge = get(at("dues/charges/2")).text("reference");
  const ApiAnswer of_charge = get(at("dues/references/" + charge));
  EXPECT_EQ(of_charge.json().at("owners").at(0).at("charge").as_int64(), 2) << of_charge.body;
  EXPECT_EQ(get(at("dues/references/RF00M0001")).code(), "reference_malformed");
  EXPECT_EQ(get(at("dues/references/RF18539007547034")).code(), "party_unknown");
  EXPECT_EQ(send("PUT", at("dues/payee"), {.body = R"({"reference_kind":"ogm"})"}).status, 200);
  EXPECT_EQ(get(at("members/M0001")).text("national_reference"), "000000000101");
  EXPECT_EQ(get(at("members")).json().at("items").at(0).at("national_reference").as_string(), "000000000101");
  EXPECT_EQ(get(at("dues/charges")).json().at("items").at(1).at("national_reference").as_string().size(),
            12u);
  EXPECT_EQ(get(at("dues/references/%2B%2B%2B000%2F0000%2F00101%2B%2B%2B")).status, 200);
}

TEST_F(DuesNotices, ListArrearsWithNamesAndTotals) {
  const std::string list = at("dues/balances?as_of=2026-02-10");
  const auto all = get(list).json();
  EXPECT_EQ(all.at("items").as_array().size(), 2u);
  EXPECT_EQ(all.at("items").at(0).at("name").as_string(), "Aimée <b>");
  EXPECT_EQ(all.at("totals").at(0).at("overdue").as_string(), "40.00");
  EXPECT_EQ(all.at("totals").at(0).at("ageing").at("to_60").as_string(), "40.00");
  const auto one = get(list + "&limit=1").json();
  EXPECT_EQ(one.at("items").as_array().size(), 1u);
  EXPECT_EQ(one.at("totals").at(0).at("debtors").as_int64(), 2) << "of the whole list";
  EXPECT_EQ(get(list + "&overdue_days=37").json().at("items").as_array().size(), 0u);
  EXPECT_EQ(get(list + "&overdue_days=36").json().at("items").as_array().size(), 2u);
  EXPECT_EQ(get(list + "&unit=GBP").json().at("items").as_array().size(), 0u);
  const std::string csv = get(list + "&format=csv").body;
  EXPECT_TRUE(holds(csv, "row,level,member,name,unit,overdue_since,not_due,to_30")) << csv;
  EXPECT_TRUE(holds(csv, "total,0,2 together,")) << csv;
  EXPECT_TRUE(holds(get(list + "&format=text").body, "31-60"));
  const std::string auditor = token_of_new_user("audrey", {access::Role::auditor});
  EXPECT_FALSE(holds(send("GET", list, {.token = auditor}).body, "Aim"));
}

TEST_F(DuesNotices, AreThereOnTheCommandLineToo) {
  make("members/M0001/memberships", R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-01"})");
  make("members/M0001/memberships/1/subscriptions", R"({"from_on":"2026-01-01","tier":"standard"})");
  add_user("tom", {access::Role::bookkeeper}, command_password);
  add_user("audrey", {access::Role::auditor}, command_password);
  EXPECT_EQ(run({"run", "bcn", "2026-01"}).code, 2) << "it asks who does it";
  EXPECT_TRUE(holds(run_as("audrey", {"run", "bcn", "2026-01"}).err,
                    "it takes the role treasurer or bookkeeper (role_missing)"));
  const Ran dry = run_as("tom", {"run", "bcn", "2026-01", "--dry-run"});
  EXPECT_EQ(dry.out,
            "1 memberships, 0 dues charged before, 1 charged, 0 reversed\nowed: 20.00 EUR\n"
            "waived: 0.00 EUR\n")
      << dry.err;
  const Ran done = run_as("tom", {"run", "bcn", "2026-01"});
  EXPECT_TRUE(done.out.starts_with("run 1: 1 memberships")) << done.out << done.err;
  EXPECT_TRUE(holds(run_as("tom", {"run", "bcn", "2026-01"}).out, "1 dues charged before, 0 charged"));
  EXPECT_EQ(get(at("entries?recorded_by=tom")).json().at("items").as_array().size(), 1u);
  const Ran arrears = run({"arrears", "bcn", "--as-of", "2026-02-10"});
  EXPECT_TRUE(holds(arrears.out, "Aimée <b>")) << arrears.out << arrears.err;
  EXPECT_TRUE(holds(arrears.out, "60.00")) << arrears.out;
  EXPECT_TRUE(holds(run({"arrears", "bcn", "--csv", "--as-of", "2026-02-10"}).out, "M0002"));
  const Ran notice = run({"notice", "bcn", "M0001", "--as-of", "2026-02-10"});
  EXPECT_TRUE(holds(notice.out, "Please pay 40.00 EUR.")) << notice.out << notice.err;
  EXPECT_TRUE(holds(run({"notice", "bcn", "M0001", "--form", "html"}).out, "<!doctype html>"));
  EXPECT_TRUE(holds(run({"notice", "bcn", "M0001", "--form", "svg"}).out, "<svg"));
  EXPECT_EQ(run({"notice", "bcn", "M9"}).code, 1);
  EXPECT_EQ(run_as("tom", {"run", "bcn", "2026-13"}).code, 1);
  EXPECT_EQ(run({"arrears", "nowhere"}).code, 1);
}

}  // namespace
}  // namespace coop::test

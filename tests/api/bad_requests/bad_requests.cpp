#include "tests/api/bad_requests/bad_requests.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "api/errors_page.hpp"
#include "ledger/books/chart_template.hpp"

namespace coop::test {

namespace json = boost::json;

namespace {

// What the server notes about its own work is no record of a request: when a token was last used, how the
// deliveries of a webhook went.
constexpr const char* digest_function = R"sql(
  CREATE SCHEMA test;
  CREATE FUNCTION test.recorded() RETURNS text LANGUAGE plpgsql AS $$
  DECLARE
    one  regclass;
    part text;
    list text := '';
  BEGIN
    FOR one IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname LOOP
      EXECUTE format('SELECT count(*) || '' '' || coalesce(md5(string_agg(r.t, '','' ORDER BY r.t)), '''')
                        FROM (SELECT (to_jsonb(s) - ''last_used_on'' - ''delivered_event'' - ''failures''
                                      - ''next_attempt_at'' - ''leased_until'' - ''last_attempt_at''
                                      - ''last_outcome'' - ''paused_at'')::text AS t FROM %s s) r', one)
         INTO part;
      list := list || one || ' ' || part || E'\n';
    END LOOP;
    RETURN list;
  END $$;
)sql";

constexpr const char* recorded_sql = "SELECT test.recorded()";

// Who writes is given a number first. While this text is the same and knows of nobody at work, nobody wrote.
constexpr const char* writers_sql = R"sql(
  SELECT pg_current_snapshot()::text,
         pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())
)sql";

/// The lines in which two lists differ.
std::string difference(const std::string& before, const std::string& after) {
  std::istringstream old_lines{before};
  std::istringstream new_lines{after};
  std::string text;
  std::string old_line;
  std::string new_line;
  while (std::getline(new_lines, new_line)) {
    std::getline(old_lines, old_line);
    if (old_line != new_line) text += old_line + " -> " + new_line + "\n";
  }
  return text;
}

/// What the answer says is wrong: of a stream its first line's problem, of an atomic batch that of the first
/// entry at fault.
json::value problem_in(const ApiAnswer& answer) {
  boost::system::error_code failed;
  const std::string text = answer.headers.count("content-type") &&
                                   answer.headers.at("content-type").starts_with("application/x-ndjson")
                               ? answer.body.substr(0, answer.body.find('\n'))
                               : answer.body;
  json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) return json::object{};
  if (const auto* of_line = value.get_object().if_contains("problem")) return *of_line;
  if (const auto* results = value.get_object().if_contains("results"))
    for (const auto& result : results->as_array())
      if (const auto* problem = result.as_object().if_contains("problem"))
        if (problem->at("code").as_string() != "batch_refused") return *problem;
  return value;
}

std::string text_in(const json::value& object, std::string_view member) {
  const auto* found = object.as_object().if_contains(json::string_view{member.data(), member.size()});
  return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}

int documented_status(std::string_view code) {
  for (const auto& text : api::problem_texts())
    if (text.code == code) return text.status;
  return 0;
}

}  // namespace

BadRequests::BadRequests() : BadRequests{std::make_unique<TemporaryFolder>()} {}

BadRequests::BadRequests(std::unique_ptr<TemporaryFolder> folder)
    : ApiTest{[&](api::Settings& settings) { settings.data = folder->path().string(); }},
      folder_{std::move(folder)},
      as_owner_{{.address = address(), .connections = 1, .role = {}}} {
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/operator/treasurer").status, 200);
  EXPECT_EQ(operate("POST", "/v1/nodes",
                    R"({"name":"lon","title":"London","base_unit":"GBP","country":"GB",)"
                    R"("time_zone":"Europe/London"})")
                .status,
            201);
  names_["{today}"] = day_in_zone(system_clock()(), "Europe/Madrid").text();
  names_["{chart}"] = books::chart_templates().front().name;
  names_["{own token}"] = operate("POST", "/v1/me/tokens", R"({"scopes":["read"]})").text("number");
  EXPECT_EQ(operate("PUT", "/v1/users/operator/password", R"({"password":"correct horse battery"})").status,
            200);
  EXPECT_EQ(operate("POST", "/v1/users", R"({"name":"ann","password":"correct horse battery"})").status, 201);
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/ann/auditor").status, 200);
  names_["{ann's token}"] = operate("POST", "/v1/users/ann/tokens", R"({"scopes":["read"]})").text("number");
  open_more_accounts();
  record_more();
  add_members();
  add_dues();
  add_rolls();
  add_direct_debits();
  add_bank();
  add_disbursements();
  add_work();
  add_funds();
  add_obligations();
  add_capital();
  add_sharing();
  add_pay();
  add_costs();
  export_ = send("GET", "/v1/nodes/bcn/export").body;
  superuser_sql(digest_function);
  look_anew();
}

void BadRequests::open_more_accounts() {
  open("assets:old", "asset");
  open("assets:shut", "asset");
  EXPECT_EQ(post("/v1/nodes/bcn/accounts/assets:shut/closing", R"({"last_day":"2025-12-31"})").status, 200);
  const auto add = [&](const std::string& kind, const std::string& code) {
    EXPECT_EQ(
        post("/v1/nodes/bcn/dimensions/" + kind, R"({"items":[{"code":")" + code + R"(","name":"a name"}]})")
            .status,
        200);
  };
  add("fund", "media");
  add("member", "M1");
  add("cost_object", "C1");
  add("tax_code", "T1");
}

void BadRequests::add_members() {
  const auto make = [&](const std::string& path, const std::string& body) {
    EXPECT_EQ(post("/v1/nodes/bcn/" + path, body).status, 201) << path;
  };
  make("members", R"({"kind":"person","number":"M1","profile":{"name":"Maria"}})");
  make("members", R"({"kind":"person","number":"M2","profile":{"name":"Jordi"}})");
  make("members", R"({"kind":"organisation","number":"O1","profile":{"name":"Platform 6"}})");
  make("member-classes", R"({"code":"user","title":"Users"})");
  make("member-classes", R"({"code":"worker","title":"Workers"})");
  make("members/M1/memberships", R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-01"})");
  make("meetings", R"({"held_on":"2026-01-10","title":"All hands","attended":["M1"]})");
  EXPECT_EQ(send("PUT", "/v1/nodes/bcn/members/O1/users/ann").status, 200);
  EXPECT_EQ(send("PUT", "/v1/nodes/bcn/members/M1/users/operator").status, 200);
  const std::string path = post("/v1/nodes/bcn/members/M1/links", "{}").text("path");
  names_["{own link}"] = path.substr(path.rfind('/') + 1);
}

void BadRequests::add_dues() {
  const auto make = [&](const std::string& path, const std::string& body) {
    EXPECT_EQ(post("/v1/nodes/bcn/" + path, body).status, 201) << path;
  };
  make("dues/tiers", R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
  make("dues/tiers/standard/prices", R"({"from_on":"2020-01-01","suggested":"20.00","minimum":"10.00"})");
  make("dues/rates", R"({"from":"EUR","to":"GBP","from_on":"2020-01-01","rate":"0.9"})");
  EXPECT_EQ(send("PUT", "/v1/nodes/bcn/dues/payee",
                 {.body = R"({"account_holder":"Rivers Co-op","iban":"BE68539007547034"})"})
                .status,
            200);
  make("dues/reminder-levels", R"({"level":1,"from_on":"2026-01-01","after_days":7,)"
                               R"("texts":[{"language":"en","subject":"Dues","body":"Dear {name}"}]})");
  make("members/M2/pauses", R"({"from_on":"2026-01-01","reason":"talking"})");
  const std::string job = post("/v1/nodes/bcn/dues/runs", R"({"period":"2020-01"})").text("number");
  make("members/M1/memberships/1/subscriptions", R"({"from_on":"2026-01-01","tier":"standard"})");
  make("members/M1/memberships/1/concessions",
       R"({"from_on":"2026-01-01","share":"1/4","reason":"student"})");
  make("dues/charges", R"({"member":"M1","amount":"50.00","unit":"EUR","on":"2026-01-05","why":"a key"})");
  make("dues/payments", R"({"payer":"M1","amount":"5.00","unit":"EUR","received_on":"2026-01-06",)"
                        R"("account":"assets:bank"})");
  make("dues/noticed-payments", R"({"member":"M2","amount":"5.00","unit":"EUR","noticed_on":"2026-01-07"})");
  EXPECT_EQ(post("/v1/nodes/bcn/dues/reminders", "").text("reminders"), "1");
  for (int i = 0; i < 600 && get("/v1/nodes/bcn/jobs/" + job).text("state") != "done"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

void BadRequests::add_rolls() {
  const auto make = [&](const std::string& path, const std::string& body) {
    EXPECT_EQ(post("/v1/nodes/bcn/" + path, body).status, 201) << path;
  };
  make("member-classes/user/rules",
       R"({"from_on":"2026-01-01","weight":"1/2","arrears_days":3660,"decision":"Assembly"})");
  make("rolls", R"({"title":"Assembly","as_of":"2026-01-31"})");
  make("rolls/1/votes",
       R"({"title":"Budget","held_on":"2026-01-31","tally":[{"class":"user","for":1,"against":0}]})");
}

// The days are so far ahead that no clock reaches them.
void BadRequests::add_direct_debits() {
  const auto make = [&](const std::string& path, const std::string& body) {
    EXPECT_EQ(post("/v1/nodes/bcn/" + path, body).status, 201) << path << body;
  };
  EXPECT_EQ(send("PUT", "/v1/nodes/bcn/dues/creditor",
                 {.body = R"({"identifier":"DE98ZZZ09999999999","name":"Meeting",)"
                          R"("iban":"DE89370400440532013000","account":"assets:bank"})"})
                .status,
            200);
  const auto owe = [&](const std::string& member) {
    make("dues/mandates",
         R"({"member":")" + member +
             R"(","signed_on":"2098-12-01","iban":"DE89370400440532013000","name":"Maria"})");
    make("dues/charges",
         R"({"member":")" + member + R"(","amount":"9.00","unit":"EUR","on":"2026-01-05","why":"a key"})");
  };
  const auto propose = [&] { make("dues/collections", R"({"due_on":"2099-01-05"})"); };
  const auto approve = [&](const std::string& number) {
    const std::string path = "/v1/nodes/bcn/dues/collections/" + number + "/approval";
    EXPECT_EQ(post(path, "").status, 200);
    EXPECT_EQ(operate("POST", path).status, 200);
  };
  for (const std::string member : {"M3", "M4", "M5", "M6"})
    make("members", R"({"kind":"person","number":")" + member + "\"}");
  owe("M3");
  propose();
  approve("1");
  EXPECT_EQ(post("/v1/nodes/bcn/dues/collections/1/handing-in", "{}").status, 200);
  owe("O1");
  propose();
  approve("2");
  owe("M5");
  owe("M6");
  propose();
  owe("M4");
}

void BadRequests::record_more() {
  for (int i = 0; i < 2; ++i) record("assets:bank", "income:dues", "100.00");
  EXPECT_EQ(post("/v1/nodes/bcn/checkpoints", "").status, 201);
  record("assets:bank", "income:dues", "100.00");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(
        post("/v1/nodes/bcn/holds", R"({"postings":[{"account":"assets:bank","amount":"-5.00","unit":"EUR"},)"
                                    R"({"account":"expense:rent","amount":"5.00","unit":"EUR"}]})")
            .status,
        201);
  EXPECT_EQ(
      post("/v1/nodes/bcn/locks", R"({"kind":"soft","through_on":"2020-12-31","reason":"filed"})").status,
      201);
  EXPECT_EQ(
      post("/v1/nodes/bcn/webhooks", R"({"url":"https://hook.invalid/","kinds":["node_changed"]})").status,
      201);
  superuser_sql("UPDATE webhook SET url = 'https://127.0.0.1:9/hook', kinds = '{no_such_event}'");
  superuser_sql(
      "INSERT INTO job (node_id, number, kind, parameters, host, state, created_at) SELECT id, n, "
      "'import_journal', '{}', 'elsewhere', s, now() FROM node, (VALUES (1, 'waiting'), (2, 'failed')) j (n, "
      "s) WHERE name = 'bcn'");
}

std::string BadRequests::filled_in(std::string_view text) const {
  std::string filled{text};
  for (const auto& [name, value] : names_)
    for (std::size_t at = filled.find(name); at != std::string::npos; at = filled.find(name, at))
      filled.replace(at, name.size(), value);
  return filled;
}

BadRequests::Spoiled BadRequests::request_of(const Specimen& specimen, bool whole) {
  return request_with(specimen, filled_in(whole ? specimen.whole : specimen.required));
}

BadRequests::Spoiled BadRequests::request_with(const Specimen& specimen, std::string body) {
  Spoiled spoiled{filled_in(specimen.path), std::string{specimen.query}, {.token = operator_token()}};
  spoiled.request.body = std::move(body);
  if (specimen.body == Body::journal || specimen.body == Body::file) spoiled.request.body = "[]";
  if (specimen.body == Body::table) {
    const auto is_of = [&](std::string_view what) {
      return specimen.pattern.find(what) != std::string_view::npos;
    };
    spoiled.request.body =
        is_of("usage")    ? "participant,measure,from_on,until_on,value\nbcn,rooms,2026-01-01,2026-01-31,1\n"
        : is_of("member") ? "number,name\nM88,Maria\n"
        : is_of("hours")  ? "member,worked_on,minutes,circle,work,intent\nM2,2026-01-08,60,tech,care,gift\n"
                          : "member,amount,received_on,account\nM1,5.00,2026-01-06,assets:bank\n";
    spoiled.request.headers = {{"Content-Type", "text/csv"}};
  }
  if (specimen.body == Body::books) spoiled.request.body = export_;
  if (specimen.body == Body::lines) {
    // Of several lines an entry is one.
    std::erase(spoiled.request.body, '\n');
    spoiled.request.headers = {{"Content-Type", "application/x-ndjson"}};
  }
  if (specimen.body == Body::books) spoiled.request.headers = {{"Content-Type", "application/x-ndjson"}};
  return spoiled;
}

ApiAnswer BadRequests::ask(const Specimen& specimen, const Spoiled& spoiled) {
  return send(std::string{specimen.method}, spoiled.path + (spoiled.query.empty() ? "" : "?" + spoiled.query),
              spoiled.request);
}

void BadRequests::expect_refused(const ApiAnswer& answer, const Wanted& wanted, const std::string& what) {
  const json::value problem = problem_in(answer);
  const std::string code = text_in(problem, "code");
  EXPECT_TRUE(lists(wanted.codes, code)) << what << ": " << wanted.codes << " is expected, not "
                                         << answer.status << " " << answer.body.substr(0, 600);
  if (!lists(wanted.codes, code)) return expect_nothing_recorded(what);
  const auto* status = problem.as_object().if_contains("status");
  EXPECT_TRUE(status && status->to_number<int>() == documented_status(code)) << what << answer.body;
  if (answer.status != 200) {
    EXPECT_EQ(answer.status, documented_status(answer.code())) << what;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << what;
  }
  if (wanted.field) {
    EXPECT_EQ(text_in(problem, "field"), *wanted.field) << what << ": " << answer.body.substr(0, 600);
  }
  expect_nothing_recorded(what);
}

void BadRequests::refuses(const Specimen& specimen, const Spoiled& spoiled, const Wanted& wanted,
                          const std::string& what) {
  expect_refused(ask(specimen, spoiled), wanted, name_of(specimen) + ", " + what);
}

std::string BadRequests::recorded() {
  return as_owner_.in_tx([](Tx& tx) { return only_row(rows(tx, recorded_sql)).string(0); }) + files();
}

std::string BadRequests::files() const {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::recursive_directory_iterator{folder_->path()})
    names.insert(file.path().string());
  std::string list;
  for (const std::string& name : names) list += name + "\n";
  return list;
}

std::string BadRequests::writers() {
  return as_owner_.in_tx([](Tx& tx) {
    const Rows found = rows(tx, writers_sql);
    return found[0].boolean(1) ? found[0].string(0) : std::string{};
  });
}

void BadRequests::look_anew() {
  writers_ = writers();
  before_ = recorded();
}

void BadRequests::expect_nothing_recorded(const std::string& what) {
  const std::string writers_now = writers();
  if (!writers_now.empty() && writers_now == writers_ && before_.ends_with(files())) return;
  writers_ = writers_now;
  const std::string now = recorded();
  EXPECT_EQ(now.size(), before_.size()) << what;
  EXPECT_EQ(difference(before_, now), "") << what;
  before_ = now;
}

std::string BadRequests::token_with(const std::string& name, const std::vector<access::Role>& roles,
                                    const std::string& scopes, const std::string& more) {
  token_of_new_user(name, roles);
  const ApiAnswer issued =
      operate("POST", "/v1/users/" + name + "/tokens", R"({"scopes":[)" + scopes + "]" + more + "}");
  EXPECT_EQ(issued.status, 201) << issued.body;
  look_anew();
  return issued.text("token");
}

}  // namespace coop::test

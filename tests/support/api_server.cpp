#include "tests/support/api_server.hpp"

#include <thread>

#include "api/log.hpp"
#include "api/server/server.hpp"
#include "tests/support/api_document.hpp"
#include "tests/support/raw_http_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {

namespace json = boost::json;

json::value ApiAnswer::json() const { return json::parse(body); }

std::string ApiAnswer::text(std::string_view member) const {
  boost::system::error_code failed;
  const json::value value = json::parse(body, failed);
  const auto* object = failed ? nullptr : value.if_object();
  const auto* found = object ? object->if_contains(json::string_view{member.data(), member.size()}) : nullptr;
  if (!found || found->is_null()) return {};
  return found->is_string() ? std::string{found->get_string().c_str()} : json::serialize(*found);
}

Clock clock_at(std::string_view text) {
  return [instant = instant_from_text(text)] { return instant; };
}

ApiTest::ApiTest(const std::function<void(api::Settings&)>& settings, Clock clock)
    : clock_{std::move(clock)} {
  api::set_up_log("error", "text");
  settings_.http.listen = "127.0.0.1:0";
  settings_.workers = 6;
  settings_.database_connections = 12;
  settings_.access_log = false;
  settings_.requests_per_minute = 0;
  settings_.sign_ins_per_minute = 0;
  static const TemporaryFolder data;
  settings_.data = data.path() / "data";
  if (settings) settings(settings_);
  start();
  operator_token_ = server_->first_operator_token().value().text;
  operate(
      "POST", "/v1/nodes",
      R"({"name":"bcn","title":"Barcelona","base_unit":"EUR","country":"ES","time_zone":"Europe/Madrid"})");
  token_ = token_of_new_user("tess", {access::Role::treasurer});
  open("assets:bank", "asset");
  open("assets:cash", "asset");
  open("income:dues", "income");
  open("expense:rent", "expense");
}

ApiTest::~ApiTest() { server_->stop(); }

void ApiTest::start() { server_ = another_server(clock_); }

std::unique_ptr<api::Server> ApiTest::another_server(Clock clock) const {
  DatabaseSettings database;
  database.address = settings_.database.empty() ? fresh().service_address() : settings_.database;
  database.connections = settings_.database_connections;
  database.role = "coopledger_service";
  auto server = std::make_unique<api::Server>(settings_, database, std::move(clock));
  server->start();
  return server;
}

void ApiTest::restart() {
  server_->stop();
  server_.reset();
  start();
}

std::uint16_t ApiTest::port() const { return server_->port(); }

ApiAnswer ApiTest::send(const std::string& method, const std::string& path, const ApiRequest& request) {
  std::string head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  const std::string& token = request.token.empty() ? token_ : request.token;
  if (token != "-") head += "Authorization: Bearer " + token + "\r\n";
  if (method != "GET" && method != "HEAD" && !request.without_key)
    head +=
        "Idempotency-Key: " + (request.key.empty() ? "key-" + std::to_string(++keys_) : request.key) + "\r\n";
  bool typed = request.body.empty();
  for (const auto& [name, value] : request.headers) {
    head += name + ": " + value + "\r\n";
    typed = typed || name == "Content-Type";
  }
  if (!typed) head += "Content-Type: application/json\r\n";
  head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n";
  testing::RawHttpClient client{request.port == 0 ? port() : request.port};
  client.send(head + request.body);
  const testing::RawAnswer answer = client.read_answer(method == "HEAD");
  const auto found = answer.headers.find("content-type");
  const std::string type =
      found == answer.headers.end() ? "" : found->second.substr(0, found->second.find(';'));
  for (const std::string& fault : answer_faults(method, path, answer.status, type, answer.body))
    ADD_FAILURE() << method << " " << path << " answers " << answer.status
                  << ", against the document: " << fault;
  return {answer.status, answer.headers, answer.body};
}

ApiAnswer ApiTest::operate(const std::string& method, const std::string& path, const std::string& body) {
  return send(method, path, {.body = body, .token = operator_token_});
}

ApiAnswer ApiTest::make(const std::string& path, const std::string& body, int status,
                        const std::string& token) {
  ApiAnswer answer = send("POST", at(path), {.body = body, .token = token});
  EXPECT_EQ(answer.status, status) << path << " " << body << " " << answer.body;
  return answer;
}

std::string ApiTest::refused(const std::string& path, const std::string& body, const std::string& token) {
  return send("POST", at(path), {.body = body, .token = token}).code();
}

ApiAnswer ApiTest::ended(const ApiAnswer& begun) {
  EXPECT_EQ(begun.status, 202) << begun.body;
  ApiAnswer job;
  for (int i = 0; i < 1'200; ++i) {
    job = get(at("jobs/" + begun.text("number")));
    if (job.text("state") == "done" || job.text("state") == "failed") return job;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  ADD_FAILURE() << "the job does not end";
  return job;
}

void ApiTest::add_user(const std::string& name, const std::vector<access::Role>& roles,
                       const std::string& password) {
  const std::string more = password.empty() ? "" : R"(,"password":")" + password + "\"";
  EXPECT_EQ(operate("POST", "/v1/users", R"({"name":")" + name + "\"" + more + "}").status, 201);
  for (const access::Role role : roles) {
    const std::string path = at("roles/" + name + "/" + std::string{access::text_of(role)});
    EXPECT_EQ(operate("PUT", path).status, 200);
  }
}

std::string ApiTest::token_of_new_user(const std::string& name, const std::vector<access::Role>& roles) {
  add_user(name, roles);
  const ApiAnswer issued =
      operate("POST", "/v1/users/" + name + "/tokens", R"({"scopes":["read","write","admin"]})");
  EXPECT_EQ(issued.status, 201) << issued.body;
  return issued.text("token");
}

void ApiTest::open(const std::string& path, const std::string& type, const std::string& unit) {
  const ApiAnswer opened =
      post("/v1/nodes/bcn/accounts", R"({"path":")" + path + R"(","unit":")" + unit + R"(","type":")" + type +
                                         R"(","opened_on":"2020-01-01"})");
  EXPECT_EQ(opened.status, 201) << opened.body;
}

std::string ApiTest::entry(const std::string& debit, const std::string& credit, const std::string& amount,
                           const std::string& day) {
  return R"({"booked_on":")" + day + R"(","postings":[{"account":")" + debit + R"(","amount":")" + amount +
         R"(","unit":"EUR"},{"account":")" + credit + R"(","amount":"-)" + amount + R"(","unit":"EUR"}]})";
}

std::int64_t ApiTest::record(const std::string& debit, const std::string& credit, const std::string& amount,
                             const std::string& day) {
  const ApiAnswer answer = post("/v1/nodes/bcn/entries", entry(debit, credit, amount, day));
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.status == 201 ? answer.json().at("number").as_int64() : 0;
}

}  // namespace coop::test

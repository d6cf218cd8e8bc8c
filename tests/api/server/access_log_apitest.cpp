// The access log: a line for each request, and no secret in it.
#include <csignal>
#include <sstream>

#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/served_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;
using access::Role;

/// The program itself beside the fixture's server, on the same database, with its log as JSON.
class AccessLog : public ApiTest {
 protected:
  AccessLog()
      : program_{folder_.path() / "data",
                 {"--database", address(), "--accept-undurable-database", "true", "--log-format", "json"}} {}

  /// Asks and waits for the line: the next answer may be logged sooner.
  testing::RawAnswer ask(const std::string& method, const std::string& path, const std::string& with_token,
                         const std::string& body = {}) {
    auto answer = program_.ask(method, path, with_token, body, "key " + std::to_string(++asked_));
    lines(asked_);
    return answer;
  }
  /// The lines of requests that were answered, once there are so many.
  std::vector<json::object> lines(std::size_t wanted) {
    std::vector<json::object> found;
    comes_true([&] {
      found.clear();
      std::istringstream words{program_.words()};
      for (std::string line; std::getline(words, line);)
        if (line.starts_with("{") && line.find("\"request answered\"") != std::string::npos)
          found.push_back(json::parse(line).as_object());
      return found.size() >= wanted;
    });
    return found;
  }
  bool logged(const std::string& secret) const { return program_.words().find(secret) != std::string::npos; }

 private:
  TemporaryFolder folder_;
  std::size_t asked_ = 0;

 protected:
  ServedProgram program_;
};

TEST_F(AccessLog, HasALineForEachRequest) {
  ask("GET", "/v1/nodes/bcn/accounts?prefix=assets", token());
  ask("POST", "/v1/nodes/bcn/entries", token(), entry("assets:bank", "income:dues", "12.00"));
  ask("POST", "/v1/nodes/bcn/entries", token(), "{");
  ask("GET", "/v1/nothing-here", token());
  const auto all = lines(4);
  ASSERT_EQ(all.size(), 4u);
  std::string told;
  for (const json::object& line : all) {
    told += std::string{line.at("method").as_string()} + " " + std::string{line.at("path").as_string()} +
            " " + json::serialize(line.at("status")) + "\n";
    EXPECT_GE(line.at("us").as_int64(), 0);
    EXPECT_FALSE(line.at("at").as_string().empty());
    EXPECT_TRUE(line.at("remote").as_string().starts_with("127."));
  }
  EXPECT_EQ(told,
            "GET /v1/nodes/bcn/accounts 200\n"
            "POST /v1/nodes/bcn/entries 201\n"
            "POST /v1/nodes/bcn/entries 400\n"
            "GET /v1/nothing-here 404\n");
  EXPECT_EQ(all.front().at("user").as_string(), "tess");
}

TEST_F(AccessLog, HasNoTokenNoPasswordAndNoLinkOfAMember) {
  make("members", R"({"kind":"person","number":"M0001","profile":{"name":"Maria Puig"}})");
  add_user("vera", {Role::auditor}, "correct horse battery");
  const std::string path = post(at("members/M0001/links"), "{}").text("path");
  const std::string link = path.substr(path.rfind('/') + 1);
  ASSERT_GT(link.size(), 30u);
  EXPECT_EQ(ask("GET", path, "").status, 200);
  EXPECT_EQ(ask("GET", path + "?as_of=soon", "").status, 422) << "with a parameter that is wrong";
  EXPECT_EQ(ask("POST", path, "", "{}").status, 405);
  EXPECT_EQ(ask("GET", path + "/more", "").status, 404);
  EXPECT_EQ(ask("GET", "/v1/own-view/" + link, "").status, 404) << "mistyped";
  EXPECT_EQ(ask("GET", "/v1/" + token(), "").status, 404);
  const auto sign_in =
      ask("POST", "/v1/sign-in", "", R"({"name":"vera","password":"correct horse battery"})");
  EXPECT_EQ(sign_in.status, 201) << sign_in.body;
  const std::string session = std::string{json::parse(sign_in.body).at("token").as_string()};
  EXPECT_EQ(ask("POST", "/v1/sign-in", "", R"({"name":"vera","password":"wrong horse"})").status, 401);
  EXPECT_EQ(ask("GET", "/v1/me", session).status, 200);
  EXPECT_EQ(ask("GET", "/v1/me", session + "x").status, 401);
  const auto all = lines(10);
  ASSERT_EQ(all.size(), 10u);
  EXPECT_EQ(all.at(0).at("path").as_string(), "/v1/own-views/{link}");
  EXPECT_EQ(all.at(2).at("path").as_string(), "/v1/own-views/…");
  EXPECT_EQ(all.at(3).at("path").as_string(), "/v1/own-views/…/more");
  for (const std::string& secret : {link, token(), session, std::string{"horse"}})
    EXPECT_FALSE(logged(secret)) << program_.words();
}

}  // namespace
}  // namespace coop::test

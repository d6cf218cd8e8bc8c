#include "ledger/proof/proof.hpp"

#include <filesystem>

#include "ledger/proof/signing_key.hpp"
#include "tests/support/api_server.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {
namespace {

using access::Role;

class ProofsApi : public ApiTest {
 protected:
  ProofsApi() : ProofsApi{std::make_unique<TemporaryFolder>()} {}

  std::filesystem::path key_file() const { return folder_->path() / "data" / "signing_key.pem"; }
  std::vector<std::int64_t> shown_by(const std::string& path) {
    const ApiAnswer file = get(path);
    EXPECT_EQ(file.status, 200) << file.body;
    const proof::CheckedProof checked = proof::check(proof::proof_from_json(file.body));
    EXPECT_EQ(checked.fault, "");
    return checked.shown;
  }
  /// The job that `started` tells of, when it is done.
  boost::json::value job_done(const ApiAnswer& started) {
    ApiAnswer job;
    EXPECT_TRUE(comes_true([&] {
      job = get(started.headers.at("location"));
      return job.text("state") == "done";
    })) << job.body;
    return job.json();
  }
  /// A job of this kind that no worker of this machine takes.
  void put_in_line(int number, const std::string& kind) {
    superuser_sql(
        "INSERT INTO job (node_id, number, kind, parameters, host, state, created_at) VALUES ("
        "(SELECT id FROM node WHERE name = 'bcn'), " +
        std::to_string(number) + ", '" + kind + "', '{}', 'elsewhere', 'waiting', now())");
  }

 private:
  explicit ProofsApi(std::unique_ptr<TemporaryFolder> folder)
      : ApiTest{[&](api::Settings& settings) { settings.data = folder->path() / "data"; }},
        folder_{std::move(folder)} {}
  std::unique_ptr<TemporaryFolder> folder_;
};

TEST_F(ProofsApi, ProveAnEntryOfflineOnceACheckpointCoversIt) {
  EXPECT_EQ(post("/v1/nodes/bcn/checkpoints", "").code(), "checkpoint_unknown") << "there is nothing to sign";
  EXPECT_EQ(get("/v1/nodes/bcn/proof").code(), "checkpoint_unknown");
  record("assets:bank", "income:dues", "1.00");
  record("assets:bank", "income:dues", "2.00", "2026-03-31");
  EXPECT_EQ(get("/v1/nodes/bcn/entries/1/proof").code(), "checkpoint_unknown");
  const ApiAnswer made = post("/v1/nodes/bcn/checkpoints", "");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("number"), "2");
  EXPECT_EQ(get(made.headers.at("location")).text("signature"), made.text("signature"));
  EXPECT_EQ(shown_by("/v1/nodes/bcn/entries/1/proof"), std::vector<std::int64_t>{1});
  EXPECT_EQ(shown_by("/v1/nodes/bcn/proof?period=2026-Q1"), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(shown_by("/v1/nodes/bcn/proof?period=2026-03"), std::vector<std::int64_t>{2});
  EXPECT_EQ(shown_by("/v1/nodes/bcn/proof"), (std::vector<std::int64_t>{1, 2})) << "the whole node";
  EXPECT_EQ(get("/v1/nodes/bcn/proof?period=2024").code(), "entry_unknown");
  const ApiAnswer file = get("/v1/nodes/bcn/entries/2/proof");
  EXPECT_EQ(file.headers.at("content-disposition"), "attachment; filename=\"bcn-2.proof.json\"");
}

TEST_F(ProofsApi, ListCheckpointsInPagesTheNewestFirst) {
  for (int i = 0; i < 3; ++i) {
    record("assets:bank", "income:dues", "1.00");
    EXPECT_EQ(post("/v1/nodes/bcn/checkpoints", "").status, 201);
  }
  const ApiAnswer first = get("/v1/nodes/bcn/checkpoints?limit=2");
  const boost::json::value page = first.json();
  ASSERT_EQ(page.at("items").as_array().size(), 2u);
  EXPECT_EQ(page.at("items").as_array()[0].at("number").as_int64(), 3);
  const boost::json::value rest =
      get("/v1/nodes/bcn/checkpoints?limit=2&cursor=" + first.text("next")).json();
  ASSERT_EQ(rest.at("items").as_array().size(), 1u);
  EXPECT_EQ(rest.at("items").as_array()[0].at("number").as_int64(), 1);
  EXPECT_TRUE(rest.at("next").is_null());
  const ApiAnswer dry = post("/v1/nodes/bcn/checkpoints?dry_run=true", "");
  EXPECT_EQ(dry.status, 200) << dry.body;
}

TEST_F(ProofsApi, AreSignedByAKeyOutsideTheDatabaseThatOthersCannotRead) {
  record("assets:bank", "income:dues", "1.00");
  const ApiAnswer made = post("/v1/nodes/bcn/checkpoints", "");
  EXPECT_EQ(made.text("key_id"), proof::SigningKey::read(key_file()).id());
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(key_file()).permissions(), perms::owner_read | perms::owner_write);
  restart();
  record("assets:bank", "income:dues", "1.00");
  EXPECT_EQ(post("/v1/nodes/bcn/checkpoints", "").text("key_id"), made.text("key_id"));
}

TEST_F(ProofsApi, ComeByThemselvesAfterManyEntries) {
  std::string body = R"({"mode":"atomic","entries":[)";
  for (int i = 0; i < 4'096; ++i) body += (i == 0 ? "" : ",") + entry("assets:bank", "income:dues", "1.00");
  ASSERT_EQ(post("/v1/nodes/bcn/entries/batch", body + "]}").status, 200);
  EXPECT_TRUE(comes_true([&] { return get("/v1/nodes/bcn/checkpoints/4096").status == 200; }));
}

TEST_F(ProofsApi, VerifyTheBooksInTheBackground) {
  record("assets:bank", "income:dues", "1.00");
  const std::string auditor = token_of_new_user("audrey", {Role::auditor});
  const ApiAnswer started = send("POST", "/v1/nodes/bcn/verification", {.token = auditor});
  ASSERT_EQ(started.status, 202) << started.body;
  const boost::json::value done = job_done(started);
  EXPECT_TRUE(done.at("result").at("sound").as_bool()) << done;
  EXPECT_EQ(done.at("result").at("nodes").as_array().at(0).at("entries").as_int64(), 1);
  EXPECT_EQ(done.at("done"), done.at("total")) << "all was counted";
}

TEST_F(ProofsApi, NameInTheBackgroundWhatIsWrong) {
  record("assets:bank", "income:dues", "1.00");
  superuser_sql("UPDATE account_balance SET balance_minor = balance_minor + 1 WHERE balance_minor > 0");
  const ApiAnswer started = post("/v1/nodes/bcn/verification", "");
  const boost::json::value done = job_done(started);
  EXPECT_FALSE(done.at("result").at("sound").as_bool()) << done;
  const auto& finding = done.at("result").at("nodes").as_array().at(0).at("findings").as_array().at(0);
  EXPECT_EQ(finding.at("finding").as_string(), "balance_differs");
  superuser_sql("UPDATE account_balance SET balance_minor = balance_minor - 1 WHERE balance_minor > 0");
}

TEST_F(ProofsApi, LetWhoeverVerifiesStopThatAndNothingElse) {
  const std::string auditor = token_of_new_user("audrey", {Role::auditor});
  const std::string member = token_of_new_user("mo", {Role::member});
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/verification", {.token = member}).code(), "role_missing");
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/checkpoints", {.token = auditor}).code(), "role_missing");
  put_in_line(1, "verify");
  put_in_line(2, "import_journal");
  const ApiAnswer stopped = send("POST", "/v1/nodes/bcn/jobs/1/cancelling", {.token = auditor});
  EXPECT_EQ(stopped.text("state"), "cancelled") << stopped.body;
  EXPECT_EQ(send("POST", "/v1/nodes/bcn/jobs/2/cancelling", {.token = auditor}).code(), "role_missing");
  EXPECT_EQ(post("/v1/nodes/bcn/jobs/2/cancelling", "").status, 200);
}

}  // namespace
}  // namespace coop::test

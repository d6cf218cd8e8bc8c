// Exceptions are caught in few places: the database's retry, the boundary of HTTP, of the command line and of
// workers.
#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

/// A file that may catch, how often, and why.
struct Boundary {
  std::string path;
  int most;
  std::string reason;
};

const std::vector<Boundary>& boundaries() {
  static const std::vector<Boundary> all{
      {"ledger/database/database.cpp", 7, "decides between retry, unavailable and bug"},
      {"ledger/database/private_postgres.cpp", 2, "watches a child process"},
      {"ledger/books/judgement.cpp", 2,
       "one bad entry's refusal becomes its own result, its neighbours go on"},
      {"ledger/books/entry_queue_service.cpp", 4, "a failed batch becomes the failure of each request in it"},
      {"ledger/journals/native_reader.cpp", 1, "adds the line of the file to whatever refuses it"},
      {"ledger/journals/restore_service.cpp", 2,
       "a restore that the caller stops is rolled back; what the schema refuses of a file is told"},
      {"ledger/statements/statement_reader.cpp", 1, "what refuses a file of a ZIP is told with its name"},
      {"ledger/proof/division_check.cpp", 1, "a rule that cannot divide what it divided becomes a finding"},
      {"ledger/proof/export_service.cpp", 1, "the line that an export is refused for becomes a finding"},
      {"ledger/proof/pay_store.cpp", 1, "a pay run that cannot be divided anew becomes a finding"},
      {"ledger/dues/payment_batch_service.cpp", 1, "one payment's refusal is told by its place in the batch"},
      {"ledger/bank/import_service.cpp", 1, "a file that cannot be read is kept with the reason"},
      {"ledger/bank/match_run_service.cpp", 1, "what the books refuse of one line is told, the others go on"},
      {"ledger/bank/undo_service.cpp", 1, "a line whose match cannot be undone is kept and told"},
      {"ledger/proof/cost_check.cpp", 1, "a division that cannot be worked out again becomes a finding"},
      {"ledger/sharing/rule_json.cpp", 1, "a value refused below is refused naming its JSON pointer"},
      {"reports/own_view.cpp", 1, "where no price says what is to come, nothing is upcoming"},
      {"api/commands/payrun.cpp", 1, "a cell refused below is refused naming its line"},
      {"api/commands/command_line.cpp", 6, "turns what escaped into a message and an exit code"},
      {"api/configuration.cpp", 1, "turns the TOML parser's exception into a refusal"},
      {"api/call.cpp", 1, "a value refused below is refused naming its query parameter"},
      {"api/json_reader.cpp", 1, "a value refused below is refused naming its JSON pointer"},
      {"api/handlers/batch.cpp", 1, "one unreadable entry's refusal becomes its own result"},
      {"api/problem.cpp", 5, "the one place where what was thrown becomes a problem document"},
      {"api/event_waiters.cpp", 1, "whoever waits for a change goes on waiting while the database is away"},
      {"api/server/dispatcher.cpp", 2, "the boundary of HTTP: whatever a handler throws is answered"},
      {"api/server/upkeep.cpp", 1, "what could not be tidied is tidied next time"},
      {"ledger/jobs/job_worker.cpp", 6, "whatever a job throws becomes its problem; no worker ends of it"},
      {"ledger/webhooks/delivery_worker.cpp", 1, "deliveries wait while the database is away"},
      {"ledger/reminders/message_worker.cpp", 1, "messages wait while the database is away"},
      {"ledger/reminders/delivery_service.cpp", 1,
       "what the books refuse of one message counts as its failed attempt, the others go on"},
      {"ledger/intake/intake.cpp", 1, "a cell refused below is refused naming its column"},
      {"ledger/intake/row_service.cpp", 1, "one row's refusal becomes its own doubt, the others go on"},
      {"api/server/exchange.cpp", 1, "a stream that cannot go on is broken off visibly"},
      {"api/http/connection.cpp", 2, "whatever a handler throws becomes a 500"},
      {"api/http/reactor.cpp", 3, "Pistache's exceptions become results; none may end its threads"},
      {"api/http/reply.cpp", 1, "an answer that cannot be made closes the connection"},
  };
  return all;
}

std::vector<Finding> catches_outside(const std::vector<SourceFile>& files,
                                     const std::vector<Boundary>& allowed) {
  std::vector<Finding> findings;
  for (const SourceFile& file : files) {
    if (!file.is_product()) continue;
    int most = 0;
    for (const Boundary& boundary : allowed) {
      if (boundary.path == file.path) most = boundary.most;
    }
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      for (const Word& word : words_of(file.code[index])) {
        if (word.text != "catch" || --most >= 0) continue;
        findings.push_back({file.path, static_cast<int>(index) + 1, "an exception is caught here",
                            "let it pass to the boundary; a new boundary is a row with its reason in "
                            "tests/lint/catches_test.cpp"});
      }
    }
  }
  return findings;
}

TEST(LintCatches, StandOnlyAtTheBoundaries) {
  EXPECT_TRUE(clean(catches_outside(repository(), boundaries())));
}

TEST(LintCatches, NoticesOneTooMany) {
  const SourceFile file =
      source_from_text("api/a.cpp", "try {\n} catch (const A&) {\n} catch (...) {\n}\n// catch\n");
  EXPECT_EQ(catches_outside({file}, {}).size(), 2u);
  const auto findings = catches_outside({file}, {{"api/a.cpp", 1, "a test"}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 3);
}

}  // namespace
}  // namespace coop::lint

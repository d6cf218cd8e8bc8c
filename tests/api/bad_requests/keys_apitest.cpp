// Writes without a key, with an endless one, and with one that was used for something else.
#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"
#include "tests/support/machine.hpp"

namespace coop::test {
namespace {

class KeysApi : public BadRequests {
 protected:
  /// Waits until the work that was begun is done and changes nothing any more.
  void wait_for_job(const std::string& address) {
    ApiAnswer job;
    EXPECT_TRUE(comes_true([&] {
      job = get(address);
      return job.text("state") == "done";
    })) << job.body;
  }
};

TEST_F(KeysApi, ThatAreMissingOrEndlessAreRefused) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !route->is_write()) continue;
    Spoiled spoiled = request_of(specimen, false);
    spoiled.request.without_key = true;
    refuses(specimen, spoiled, {"key_missing", ""}, "without a key");
    spoiled.request.headers.emplace_back("Idempotency-Key", "");
    refuses(specimen, spoiled, {"key_missing", ""}, "with an empty key");
    spoiled.request.without_key = false;
    spoiled.request.headers.clear();
    spoiled.request.key = std::string(201, 'k');
    refuses(specimen, spoiled, {"too_large", ""}, "with an endless key");
  }
}

/// What a write with the same key could say instead.
std::string other_body_of(const std::string& body) {
  std::string other = body;
  for (std::size_t at = other.find("1.00"); at != std::string::npos; at = other.find("1.00", at))
    other.replace(at, 4, "2.00");
  return other;
}

/// A job's upload is gone when the job is done, and that of a request that is refused or repeated at once.
TEST_F(KeysApi, OfImportsThatWereUsedForSomethingElseAreRefusedAndNoFileStays) {
  const auto is_import = [](const Specimen& specimen) { return specimen.path == "/v1/nodes/bcn/imports"; };
  const Specimen& import = *std::find_if(specimens().begin(), specimens().end(), is_import);
  Spoiled good = request_of(import);
  good.request.key = "the key of an import";
  const std::string files_before = files();
  const ApiAnswer first = ask(import, good);
  ASSERT_EQ(first.status, 202) << first.body;
  wait_for_job(first.headers.at("location"));
  EXPECT_EQ(files(), files_before);
  look_anew();
  EXPECT_EQ(ask(import, good).headers.count("idempotent-replay"), 1u);
  expect_nothing_recorded("an import, repeated");
  good.request.body = "[ ]";
  refuses(import, good, {"key_reused", ""}, "with another body");
  good.request.body = "[]";
  good.query = "commodities=%24=USD";
  refuses(import, good, {"key_reused", ""}, "with another query");
}

/// Every write is done, then asked again with its key: with the same content it is answered as before, with
/// other content it is refused.
TEST_F(KeysApi, ThatWereUsedForSomethingElseAreRefused) {
  for (const Specimen& specimen : specimens()) {
    const api::Route* route = route_of(specimen);
    if (!route || !route->is_write() || specimen.body == Body::books || specimen.body == Body::journal ||
        specimen.body == Body::file)
      continue;
    const std::string what = name_of(specimen);
    Spoiled good = request_of(specimen, false);
    good.request.key = "the key of " + what;
    const ApiAnswer first = ask(specimen, good);
    EXPECT_TRUE(first.status >= 200 && first.status <= 202) << what << first.body;
    if (first.status == 202) wait_for_job(first.headers.at("location"));
    look_anew();
    const ApiAnswer again = ask(specimen, good);
    EXPECT_EQ(again.status, first.status) << what << again.body;
    expect_nothing_recorded(what + ", repeated");
    if (specimen.body == Body::none || specimen.required == specimen.whole) {
      good.query += "dry_run=false";
      refuses(specimen, good, {"key_reused", ""}, "with another query");
      continue;
    }
    good.request.body = other_body_of(request_of(specimen, true).request.body);
    refuses(specimen, good, {"key_reused", std::nullopt}, "with another body");
  }
}

}  // namespace
}  // namespace coop::test

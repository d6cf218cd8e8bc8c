#pragma once
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>

#include "tests/api/bad_requests/json_places.hpp"
#include "tests/api/bad_requests/specimen.hpp"
#include "tests/support/api_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {

/// Books in which every specimen would be done: the node "bcn" with two more accounts (assets:old, empty;
/// assets:shut, closed), a dimension of each kind, three entries, the second with a checkpoint, two open
/// holds, a soft lock, the members M1 (a user) and M2, the organisation O1, M3 to M6 who with O1 gave
/// mandates, two classes, a meeting, a roll under which was voted, three collections (at the bank, approved,
/// proposed) and M4 still to collect from, an account with statements and four files of it (two taken in),
/// a webhook, a waiting and a failed job; the user "ann" with a password, a role and a token; the node "lon"
/// without any role. The caller is the server's operator and treasurer of "bcn".
class BadRequests : public ApiTest {
 protected:
  BadRequests();

  /// The specimen's request, fit to be spoiled.
  struct Spoiled {
    std::string path;
    std::string query;
    ApiRequest request;
  };
  Spoiled request_of(const Specimen& specimen, bool whole = true);
  /// The same with another body.
  Spoiled request_with(const Specimen& specimen, std::string body);
  ApiAnswer ask(const Specimen& specimen, const Spoiled& spoiled);

  /// What a refusal must say.
  struct Wanted {
    std::string_view codes;            ///< blanks between, where several are right
    std::optional<std::string> field;  ///< null: not looked at
  };
  /// The answer is a problem with a documented code, its documented status and the field; nothing was
  /// recorded since the last look.
  void expect_refused(const ApiAnswer& answer, const Wanted& wanted, const std::string& what);
  /// Asks, and expects the above.
  void refuses(const Specimen& specimen, const Spoiled& spoiled, const Wanted& wanted,
               const std::string& what);
  /// The names of all files of the server, a line each.
  std::string files() const;
  /// Every row of every table and every file of the server, in short.
  std::string recorded();
  void expect_nothing_recorded(const std::string& what);
  /// From here on, what is there now counts as being there before.
  void look_anew();

  /// The specimen's text with the numbers and names of this test's things.
  std::string filled_in(std::string_view text) const;
  /// A token of a new user with these roles in "bcn", scopes and node.
  std::string token_with(const std::string& name, const std::vector<access::Role>& roles,
                         const std::string& scopes, const std::string& more = "");

 private:
  explicit BadRequests(std::unique_ptr<TemporaryFolder> folder);
  void open_more_accounts();
  void record_more();
  void add_members();
  void add_dues();
  void add_rolls();
  void add_direct_debits();
  void add_bank();
  void add_disbursements();
  void add_pending_mandate();
  /// Which writer PostgreSQL knows of last; empty while somebody is at work.
  std::string writers();
  void add_work();
  void add_funds();
  void add_obligations();
  void add_capital();
  void add_sharing();
  void add_pay();
  void add_pay_hours();
  void add_costs();

  std::unique_ptr<TemporaryFolder> folder_;
  Database as_owner_;
  std::map<std::string, std::string, std::less<>> names_;
  std::string export_;
  std::string before_;
  std::string writers_;  ///< asked before `before_` was read: empty or of then
};

}  // namespace coop::test

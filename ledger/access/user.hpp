#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::access {

/// A person or program that signs in to this server. Users are closed, never deleted: entries name them.
struct User {
  UserId id;
  std::string name;   ///< for signing in: "maria", "import-bot"; never changes
  std::string title;  ///< what people call them
  bool is_operator;
  bool has_password;
  Instant created_at;
  std::optional<Instant> closed_at;
};

/// What is asked for when a user is made.
struct UserDraft {
  std::string name;
  std::string title;
  std::optional<std::string> password;  ///< without one, the user signs in by tokens only
  bool is_operator = false;
};

/// 2 to 40 of a-z 0-9 . _ -, from a letter to a letter or digit. Throws Refused: name_malformed.
void require_user_name(std::string_view name);
/// Throws Refused: field_invalid (more than 200 letters, or a control character).
void require_user_title(std::string_view title);

}  // namespace coop::access

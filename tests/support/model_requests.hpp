#pragma once
#include <string>

#include "tests/support/api_server.hpp"
#include "tests/support/books_model.hpp"

namespace coop::test {

/// A command as a client asks for it over HTTP. When it is carried out is the server's affair: the command's
/// own instant is not sent.
struct ModelRequest {
  Command command;
  std::string key;        ///< the Idempotency-Key; empty for what only reads
  bool dry_run = false;   ///< of commands other than PostDrafts, which say it themselves
  bool by_lines = false;  ///< entries one a line, not as one document
  bool is_dry() const;
};

/// The request for a command under `key`. Drafts get keys as the API derives them: the request's own for a
/// lone entry, one an item for several.
ModelRequest request_for(Command command, const std::string& key, bool dry_run, bool by_lines);

/// A request's method, path, content type and body.
struct WireText {
  std::string method;
  std::string path;
  std::string body = {};
  std::string content_type = "application/json";
  friend bool operator==(const WireText&, const WireText&) = default;
};
WireText wire_text_of(const ModelRequest& request, const std::string& node);

/// An answer in the words of the model, or "status …" with the body for one that the model has no words for.
/// What was answered before ends in " repeated".
std::string told_by(const ModelRequest& request, const ApiAnswer& answer);
/// The model's words without what the API does not tell: an account's number, and in dry runs whether
/// something was there before.
std::string as_the_api_tells(const ModelRequest& request, std::string words);

/// The decimals of the units that the random commands use.
int scale_of_model_unit(const std::string& unit);

}  // namespace coop::test

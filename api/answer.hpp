#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coop::api {

/// Where a streamed answer goes, piece by piece. False once the client is gone: stop producing.
using WritePiece = std::function<bool(std::string_view)>;

/// What a handler answers: a status and a body at once, or a body that is produced piece by piece.
struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// If set, `body` is not used: called once, on a thread of its own, after the status was sent.
  std::function<void(const WritePiece&)> stream;
  /// What a repetition of the same request is answered with instead of `body`: without the secrets shown only
  /// once.
  std::optional<std::string> body_when_repeated;
  /// Of a Write: called once it is committed, never in a dry run.
  std::function<void()> afterwards;
};

/// 200 with JSON.
Answer ok(std::string json);
/// 201 with JSON and the new thing's address.
Answer created(std::string json, std::string location);
/// 202 with JSON: the work goes on; `location` shows how it stands.
Answer accepted(std::string json, std::string location);
/// 200 with another type of content.
Answer content(std::string type, std::string body);
/// 200 with content that is produced piece by piece.
Answer streamed(std::string type, std::function<void(const WritePiece&)> stream);

}  // namespace coop::api

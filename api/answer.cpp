#include "api/answer.hpp"

namespace coop::api {

Answer ok(std::string json) {
  Answer answer;
  answer.body = std::move(json);
  return answer;
}

Answer created(std::string json, std::string location) {
  Answer answer = ok(std::move(json));
  answer.status = 201;
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

Answer accepted(std::string json, std::string location) {
  Answer answer = created(std::move(json), std::move(location));
  answer.status = 202;
  return answer;
}

Answer content(std::string type, std::string body) {
  Answer answer = ok(std::move(body));
  answer.content_type = std::move(type);
  return answer;
}

Answer streamed(std::string type, std::function<void(const WritePiece&)> stream) {
  Answer answer;
  answer.content_type = std::move(type);
  answer.stream = std::move(stream);
  return answer;
}

}  // namespace coop::api

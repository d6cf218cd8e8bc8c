#include "ledger/webhooks/post_office.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "ledger/values/refusal.hpp"
#include "ledger/webhooks/webhook.hpp"

namespace coop::webhooks {

namespace {

constexpr long connect_ms = 5'000;
constexpr long all_ms = 10'000;

struct UrlEnd {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct CurlEnd {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy{text};
  curl_free(text);
  return copy;
}

[[noreturn]] void refuse(const char* why) { throw Refused{Refusal::field_invalid, why, "/url"}; }

/// The address's bytes, or nothing for a family that is no internet address.
std::string bytes_of(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.addr);
    return {reinterpret_cast<const char*>(&v4->sin_addr), sizeof v4->sin_addr};
  }
  if (address.family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.addr);
    return {reinterpret_cast<const char*>(&v6->sin6_addr), sizeof v6->sin6_addr};
  }
  return {};
}

/// The bytes of an internet address that a URL names as its host, "[::1]" in brackets and perhaps with a
/// zone; nothing for a name.
std::string bytes_of_host(std::string host) {
  unsigned char bytes[16];
  if (::inet_pton(AF_INET, host.c_str(), bytes) == 1) return {reinterpret_cast<const char*>(bytes), 4};
  if (host.size() < 2 || host.front() != '[') return {};
  host = host.substr(1, host.find_first_of("%]") - 1);
  if (::inet_pton(AF_INET6, host.c_str(), bytes) == 1) return {reinterpret_cast<const char*>(bytes), 16};
  return {};
}

/// Whether nothing is ever sent to this host, whatever names resolve to.
bool is_never_public(std::string host) {
  while (!host.empty() && host.back() == '.') host.pop_back();
  std::transform(host.begin(), host.end(), host.begin(), [](unsigned char c) { return std::tolower(c); });
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  const std::string bytes = bytes_of_host(host);
  return !bytes.empty() && !is_public_address(bytes);
}

/// Called by curl for the address that it is about to connect to: the last word, after all name resolution.
curl_socket_t open_public_socket(void*, curlsocktype, curl_sockaddr* address) {
  if (!is_public_address(bytes_of(*address))) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t swallow(char*, std::size_t size, std::size_t count, void* left) {
  auto& room = *static_cast<std::size_t*>(left);
  if (size * count > room) return 0;
  room -= size * count;
  return size * count;
}

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  ensure(started == CURLE_OK, "libcurl starts");
}

}  // namespace

void require_webhook_url(const std::string& url, const ReachRules& rules) {
  const std::unique_ptr<CURLU, UrlEnd> parts{curl_url()};
  if (url.size() > 2'000 || curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    refuse("an address such as https://example.org/hook is expected");
  const std::string scheme = part_of(parts.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") refuse("only https is sent to");
  if (scheme == "http" && !rules.private_addresses) refuse("only https is sent to");
  const std::string host = part_of(parts.get(), CURLUPART_HOST);
  if (host.empty()) refuse("the address names no host");
  if (!rules.private_addresses && is_never_public(host))
    refuse("the address is not of the public internet, and nothing is sent there");
  if (!part_of(parts.get(), CURLUPART_USER).empty() || !part_of(parts.get(), CURLUPART_PASSWORD).empty())
    refuse("the address holds a name or password");
  if (!part_of(parts.get(), CURLUPART_FRAGMENT).empty()) refuse("the address has a fragment");
}

Posted post(const std::string& url, std::string_view body,
            const std::vector<std::pair<std::string, std::string>>& headers, const ReachRules& rules) {
  start_curl();
  const std::unique_ptr<CURL, CurlEnd> curl{curl_easy_init()};
  ensure(curl != nullptr, "libcurl gives a handle");
  curl_slist* lines = curl_slist_append(nullptr, "Content-Type: application/json");
  for (const auto& [name, value] : headers) lines = curl_slist_append(lines, (name + ": " + value).c_str());
  const std::unique_ptr<curl_slist, ListEnd> list{lines};
  std::size_t room = 64u << 10;
  char error[CURL_ERROR_SIZE] = {};
  CURL* const handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, rules.private_addresses ? "http,https" : "https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, all_ms);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "coopledger");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, swallow);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &room);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error);
  if (!rules.private_addresses) curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_public_socket);
  const CURLcode done = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (done == CURLE_OK || (done == CURLE_WRITE_ERROR && status > 0))
    return {static_cast<int>(status), std::to_string(status)};
  if (done == CURLE_COULDNT_CONNECT && !rules.private_addresses)
    return {0, "could not connect, or the address is not of the public internet"};
  return {0, std::string{error[0] ? error : curl_easy_strerror(done)}.substr(0, 500)};
}

}  // namespace coop::webhooks

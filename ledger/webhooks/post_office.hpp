#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coop::webhooks {

/// Where webhooks may lead.
struct ReachRules {
  /// True: also to this machine and to private networks, there without encryption too. For tests, and for
  /// operators whose receivers stand beside the server.
  bool private_addresses = false;
};

/// Refuses an address that is no webhook's: not http or https, http to a public host, a name or password in
/// it, a fragment, this machine or a private network by its number. Throws Refused: field_invalid, at "/url".
void require_webhook_url(const std::string& url, const ReachRules& rules);

/// How a POST ended.
struct Posted {
  int status;           ///< 0 if there was no answer
  std::string outcome;  ///< the status as text, or what went wrong
  bool is_delivered() const noexcept { return status >= 200 && status < 300; }
};

/// Sends `body` as application/json, following nothing, waiting 10 s at most. The address that is really
/// connected to is checked against the rules, whatever the name resolved to before.
Posted post(const std::string& url, std::string_view body,
            const std::vector<std::pair<std::string, std::string>>& headers, const ReachRules& rules);

}  // namespace coop::webhooks

#include "ledger/reminders/carrier.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <memory>

#include "ledger/reminders/mail.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

constexpr long connect_ms = 10'000;
constexpr long all_ms = 30'000;

struct CurlEnd {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

Carried write_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::string unfinished = path.string() + ".part";
  const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return {.outcome = "the folder of messages cannot be written to"};
  const bool is_whole = write_all(file, bytes);
  ::close(file);
  std::error_code failed;
  if (is_whole) std::filesystem::rename(unfinished, path, failed);
  if (!is_whole || failed) return {.outcome = "the file of the message could not be written"};
  return {.is_delivered = true, .outcome = path.filename().string()};
}

std::string printed(const Letter& letter) {
  return letter.to_name + "\n\n" + letter.subject + "\n\n" + letter.body + "\n";
}

// What of the mail is not sent yet.
std::size_t read_mail(char* into, std::size_t size, std::size_t count, void* left) {
  auto& rest = *static_cast<std::string_view*>(left);
  const std::size_t bytes = std::min(size * count, rest.size());
  std::memcpy(into, rest.data(), bytes);
  rest.remove_prefix(bytes);
  return bytes;
}

Carried send_mail(const Letter& letter, const DeliverySettings& settings, Instant now) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  ensure(started == CURLE_OK, "libcurl starts");
  const std::unique_ptr<CURL, CurlEnd> curl{curl_easy_init()};
  ensure(curl != nullptr, "libcurl gives a handle");
  const std::string mail = mail_text(letter, settings.from, now);
  std::string_view left = mail;
  const std::unique_ptr<curl_slist, ListEnd> to{
      curl_slist_append(nullptr, ("<" + letter.to_address + ">").c_str())};
  CURL* const handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, settings.smtp_url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   static_cast<long>(settings.tls_required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!settings.smtp_user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, settings.smtp_user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, settings.smtp_password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, all_ms);
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + settings.from + ">").c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_mail);
  curl_easy_setopt(handle, CURLOPT_READDATA, &left);
  const CURLcode done = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  // Words of the server could name the address: only its number is told.
  if (done == CURLE_OK) return {.is_delivered = true, .outcome = "the mail server took it"};
  if (status >= 400)
    return {.is_final = status >= 500 && done != CURLE_LOGIN_DENIED,
            .outcome = "the mail server answered " + std::to_string(status)};
  return {.outcome = curl_easy_strerror(done)};
}

}  // namespace

DeliveryWay delivery_way_from(std::string_view text) {
  if (text == "off") return DeliveryWay::off;
  if (text == "files") return DeliveryWay::files;
  if (text == "smtp") return DeliveryWay::smtp;
  throw Refused{Refusal::field_invalid, "off, files or smtp is expected"};
}

Carried carry(const Letter& letter, const DeliverySettings& settings, Instant now) {
  const bool has_address = is_mail_address(letter.to_address);
  switch (settings.way) {
    case DeliveryWay::off:
      return {.outcome = "sending is switched off"};
    case DeliveryWay::files: {
      std::error_code failed;
      std::filesystem::create_directories(settings.folder, failed);
      if (!has_address) return write_file(settings.folder / (letter.name + ".txt"), printed(letter));
      return write_file(settings.folder / (letter.name + ".eml"), mail_text(letter, settings.from, now));
    }
    case DeliveryWay::smtp:
      if (!has_address)
        return {.is_final = true, .outcome = "the member has no e-mail address that mail can be sent to"};
      return send_mail(letter, settings, now);
  }
  throw InvariantBroken{"every way of delivery is known"};
}

}  // namespace coop::reminders

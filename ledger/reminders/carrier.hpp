#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "ledger/reminders/letter.hpp"
#include "ledger/values/day.hpp"

namespace coop::reminders {

/// How letters leave: not at all, into a folder, or to a mail server.
enum class DeliveryWay { off, files, smtp };
/// Throws Refused: field_invalid.
DeliveryWay delivery_way_from(std::string_view text);

/// How the operator lets letters leave.
struct DeliverySettings {
  DeliveryWay way = DeliveryWay::off;
  std::filesystem::path folder = {};  ///< of the files
  std::string from = {};              ///< the address that mail comes from
  std::string smtp_url = {};          ///< "smtp://mail.example.org:587", "smtps://mail.example.org"
  std::string smtp_user = {};
  std::string smtp_password = {};
  bool tls_required = true;  ///< smtp:// too must turn to TLS before anything is said
};

/// How an attempt ended. `outcome` holds no name and no address.
struct Carried {
  bool is_delivered = false;
  bool is_final = false;  ///< trying again would be of no use
  std::string outcome = {};
};

/// Carries the letter: as NAME.eml, or as NAME.txt to be printed where there is no address, each file whole
/// or not there and readable by its owner alone; or to the mail server, waiting 30 s at most.
Carried carry(const Letter& letter, const DeliverySettings& settings, Instant now);

}  // namespace coop::reminders

#include <CLI/CLI.hpp>

#include <iostream>

#include "api/commands/commands.hpp"
#include "api/nginx_site.hpp"

namespace coop::api {

namespace {

int run_nginx(const Settings& settings, NginxNames names) {
  if (names.host.empty()) names.host = host_of(settings.public_url);
  std::cout << nginx_site(settings, names);
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_nginx(CommandLine& line) {
  const auto names = std::make_shared<NginxNames>();
  CLI::App& command = line.add(
      {"nginx",
       "Prints the configuration of nginx in front: TLS, limits, requests put in order",
       {SettingGroup::books, SettingGroup::service},
       {"coopledger nginx --name books.example.org > /etc/nginx/sites-available/coopledger",
        "coopledger nginx --name books.example.org --listen unix:/run/coopledger/http   # the program's own "
        "address"}},
      [names](const Configuration& configuration) { return run_nginx(configuration.settings, *names); });
  command.add_option("--name", names->host, "the host name that others use; else that of public_url");
  command.add_option("--certificate", names->certificate,
                     "TLS certificate chain; else Let's Encrypt's usual place");
  command.add_option("--key", names->key, "its private key; else Let's Encrypt's usual place");
}

}  // namespace coop::api

#include "api/nginx_site.hpp"

#include <gtest/gtest.h>

#include "ledger/values/refusal.hpp"

namespace coop::api {
namespace {

TEST(NginxSite, PointsToWhereTheProgramListens) {
  Settings settings;
  settings.http.listen = "unix:/run/coopledger/http";
  settings.http.max_body_bytes = 5'000'000;
  const std::string site = nginx_site(settings, {"books.example.org", {}, {}});
  EXPECT_NE(site.find("server unix:/run/coopledger/http;"), std::string::npos);
  EXPECT_NE(site.find("client_max_body_size 5000000;"), std::string::npos);
  EXPECT_NE(site.find("ssl_certificate     /etc/letsencrypt/live/books.example.org/fullchain.pem;"),
            std::string::npos);
  EXPECT_EQ(site.find("{host}"), std::string::npos);
}

TEST(NginxSite, KeepsLinksOfMembersOutOfTheLog) {
  Settings settings;
  settings.http.listen = "127.0.0.1:8080";
  const std::string site = nginx_site(settings, {"books.example.org", {}, {}});
  const auto links = site.find("location /v1/own-views/ {");
  ASSERT_NE(links, std::string::npos);
  EXPECT_LT(site.find("access_log off;", links), site.find('}', links));
}

TEST(NginxSite, FindsTheHostInAnAddress) {
  EXPECT_EQ(host_of("https://books.example.org"), "books.example.org");
  EXPECT_EQ(host_of("https://books.example.org:8443/ledger?x#y"), "books.example.org");
  EXPECT_EQ(host_of(""), "");
}

TEST(NginxSite, RefusesNamesThatCouldSayMoreThanAName) {
  const Settings settings;
  EXPECT_THROW(nginx_site(settings, {"a.org; include /etc/passwd", {}, {}}), Refused);
  EXPECT_THROW(nginx_site(settings, {"", {}, {}}), Refused);
  EXPECT_THROW(nginx_site(settings, {"a.org", "/etc/x;y", {}}), Refused);
  Settings any_port;
  any_port.http.listen = "127.0.0.1:0";
  EXPECT_THROW(nginx_site(any_port, {"a.org", {}, {}}), Refused);
}

}  // namespace
}  // namespace coop::api

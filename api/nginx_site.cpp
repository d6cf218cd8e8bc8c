#include "api/nginx_site.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

// {name} stands for a value. Requests are read completely before they are passed on
// (proxy_request_buffering), with one Content-Length; headers with odd names are dropped; the path is passed
// on as it came, so that %2F stays %2F.
constexpr const char* site =
    R"nginx(# Written by `coopledger nginx`. Put it among the sites of nginx's http block.

upstream coopledger {
    server {upstream};
    keepalive 32;
}

limit_conn_zone $binary_remote_addr zone=coopledger_clients:10m;

server {
    listen 80;
    listen [::]:80;
    server_name {host};
    return 308 https://$host$request_uri;
}

server {
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name {host};

    ssl_certificate     {certificate};
    ssl_certificate_key {key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:coopledger_tls:10m;
    ssl_session_tickets off;
    add_header Strict-Transport-Security "max-age=31536000" always;

    # Slow, huge and broken clients end here.
    limit_conn coopledger_clients 100;
    client_header_timeout {header_timeout};
    client_body_timeout {body_timeout};
    send_timeout {send_timeout};
    keepalive_timeout {idle_timeout};
    client_max_body_size {max_body};
    client_header_buffer_size 4k;
    large_client_header_buffers 4 {max_header};
    ignore_invalid_headers on;
    underscores_in_headers off;
    server_tokens off;

    # Whoever knows the address of a member's own view may read it: it is kept out of the log.
    location /v1/own-views/ {
        access_log off;
        proxy_pass http://coopledger;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto https;
    }

    location / {
        proxy_pass http://coopledger;
        proxy_http_version 1.1;
        proxy_request_buffering on;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto https;
        proxy_connect_timeout 5s;
        proxy_send_timeout {body_timeout};
        proxy_read_timeout 300s;
        # Long lists and exports are passed on as they come.
        proxy_max_temp_file_size 0;
        # A write is repeated by its client, with its key; never by the proxy.
        proxy_next_upstream off;
    }

    # The operator's figures are for this machine only.
    location = /metrics {
        allow 127.0.0.1;
        allow ::1;
        deny all;
        proxy_pass http://coopledger;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
    }
}
)nginx";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool is_host_name(const std::string& host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) || letter == '.' || letter == '-';
  });
}

/// Paths and addresses stand in the file as single words.
const std::string& one_word(const std::string& text) {
  if (text.empty() || text.find_first_of(" \t\r\n;{}\"'\\$#") != std::string::npos) {
    throw Refused{Refusal::field_invalid,
                  "\"" + text + "\" cannot be written as one word of nginx's configuration"};
  }
  return text;
}

std::string seconds(int milliseconds) { return std::to_string(std::max(1, milliseconds / 1000)) + "s"; }

}  // namespace

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string{url.substr(0, url.find_first_of(":/?#"))};
}

std::string nginx_site(const Settings& settings, const NginxNames& names) {
  if (names.host.empty()) {
    throw Refused{Refusal::name_malformed, "which host do others use? Say it with --name, or set public_url"};
  }
  if (!is_host_name(names.host))
    throw Refused{Refusal::name_malformed, "not a host name: \"" + names.host + "\""};
  if (settings.http.listen.ends_with(":0")) {
    throw Refused{Refusal::field_invalid, "nginx needs a fixed port: set `listen` to one, or to unix:/path"};
  }
  const std::string certificates = "/etc/letsencrypt/live/" + names.host + "/";
  std::string text = site;
  replace_all(text, "{upstream}", one_word(settings.http.listen));
  replace_all(text, "{host}", names.host);
  replace_all(text, "{certificate}",
              one_word(names.certificate.empty() ? certificates + "fullchain.pem" : names.certificate));
  replace_all(text, "{key}", one_word(names.key.empty() ? certificates + "privkey.pem" : names.key));
  replace_all(text, "{header_timeout}", seconds(settings.http.header_timeout_ms));
  replace_all(text, "{body_timeout}", seconds(settings.http.body_timeout_ms));
  replace_all(text, "{send_timeout}", seconds(settings.http.write_stall_ms));
  replace_all(text, "{idle_timeout}", seconds(settings.http.idle_timeout_ms));
  replace_all(text, "{max_body}", std::to_string(settings.http.max_body_bytes));
  replace_all(text, "{max_header}", std::to_string(settings.http.max_header_bytes));
  return text;
}

}  // namespace coop::api

#pragma once
#include <filesystem>

#include "ledger/database/server_user.hpp"

namespace coop {

/// The folder of the Unix socket of the cluster in `folder`: `folder`/socket, or where that path is too long
/// for a socket (107 bytes) or has a mark that PostgreSQL reads as a list, a short folder under /run or /tmp,
/// to which `folder`/socket is then a link. Only `user` and root may enter it. Throws Unavailable.
std::filesystem::path require_socket_folder(const std::filesystem::path& folder, const ServerUser& user);

}  // namespace coop

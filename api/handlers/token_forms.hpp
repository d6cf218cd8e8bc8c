#pragma once
#include <string>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/access/access_service.hpp"

namespace coop::api {

struct Services;

/// A page of the user's tokens: {"items":[{"number","origin","label","scopes","only_node",…}],"next"}.
Answer token_list_answer(const Call& call, Services& services, const std::string& user);

/// Issues a token to `user` from the body {"label","scopes","only_node","days"}. The token's text is told
/// once: a repetition of the request answers with null in its place.
Answer issued_token_answer(Tx& tx, const Call& call, Services& services, const std::string& user);

/// The answer to a token that was just made.
Answer new_token_answer(const access::IssuedToken& token, const std::string& address);

/// Forgets, once it is committed, what is remembered of tokens and roles.
Answer with_fresh_access(Answer answer, Services& services);

}  // namespace coop::api

#include "api/handlers/dues_state_forms.hpp"

namespace coop::api {

void write_debtor(JsonWriter& out, const dues::DebtorState& debtor, const Unit& unit) {
  out.field("unit", unit.code).amount_field("open", debtor.open_minor, unit.scale);
  out.amount_field("overdue", debtor.ageing.overdue_minor(), unit.scale);
  out.field("overdue_since", debtor.overdue_since);
  out.amount_field("paid_ahead", debtor.credit_minor, unit.scale).object("ageing");
  for (std::size_t step = 0; step < dues::ageing_steps.size(); ++step)
    out.amount_field(dues::ageing_steps[step], debtor.ageing.minor[step], unit.scale);
  out.close();
}

void write_charge_state(JsonWriter& out, const dues::ChargeState& state, const Unit& unit) {
  const dues::ChargeFact& charge = state.charge;
  out.open().field("charge", charge.number).field("kind", dues::text_of(charge.kind));
  out.field("membership", charge.membership).field("from", charge.period.first());
  out.field("to", charge.period.last()).field("due_on", charge.due_on).field("unit", unit.code);
  out.amount_field("owed", charge.owed_minor, unit.scale);
  out.amount_field("open", state.open_minor, unit.scale).field("cleared_on", state.cleared_on).close();
}

}  // namespace coop::api

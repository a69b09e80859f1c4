using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>An object whose alarms are to be looked for.</summary>
/// <param name="ObjectId">Which.</param>
/// <param name="Account">Whose calendar it is in.</param>
/// <param name="Kind">What that account is.</param>
/// <param name="PlanAt">When, in seconds since 1970; 0 because something changed.</param>
/// <param name="Revision">Of what they depend on.</param>
readonly record struct AlarmPlan(long ObjectId, AccountId Account, AccountKind Kind, long PlanAt, long Revision);

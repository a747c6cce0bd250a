using CsCheck;
using OneDoor.Catalogue;
using OneDoor.Clock;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>Random procedures, and random things done to their cases.</summary>
internal static class Walks
{
    public static readonly Department[] Anyone = [.. Enum.GetValues<Department>().Where(d => d != Department.ServiceOffice)];

    /// <summary>1 to 7 steps over a few departments; every step may come after any before it in the draw, but not so in the list.</summary>
    public static readonly Gen<Item> Items = Gen.Int[1, 7].SelectMany(n =>
        Gen.Select(Gen.Int[0, 4].Array[n], Gen.Int[0, 127].Array[n], Gen.Int[0, 15].Array[n], Gen.Shuffle(Enumerable.Range(0, n).ToArray()))
            .Select((departments, after, materials, order) =>
            {
                var steps = Enumerable.Range(0, n).Select(i => StepOf($"step-{i}-of-{departments[i]}", Anyone[departments[i]],
                    [.. Enumerable.Range(0, i).Where(j => (after[i] >> j & 1) == 1).Select(j => $"step-{j}-of-{departments[j]}")],
                    [.. Enumerable.Range(0, 4).Where(m => (materials[i] >> m & 1) == 1).Select(m => $"paper-{m}-in")]) with
                {
                    Issues = materials[i] % 3 == 0 ? new($"licence-{i}-of-{departments[i]}", new("证", "Licence")) : null,
                }).ToArray();
                return ItemOf(steps[0].Department, [.. order.Select(i => steps[i])]) with
                {
                    Materials = [.. Enumerable.Range(0, 4).Select(m => MaterialOf($"paper-{m}-in") with
                    {
                        Required = m < 2, Deferrable = m == 1, ProvedBy = m < 3 ? $"proof-{m}" : null,
                    })],
                };
            }));

    /// <summary>A case of a random item after up to 40 attempts, many of which are refused, over some weeks.</summary>
    public static readonly Gen<CaseSpec> Cases = Gen.Select(Items, Items, Gen.Int[0, 100_000].Array[0, 40]).Select(Walk);

    /// <summary>The same, to be seen by anybody: staff, the applicant, the submitter, auditors, strangers.</summary>
    public static readonly Gen<Actor> Viewers = Gen.Select(Gen.Int[0, 11], Gen.Bool, Gen.Int[0, 10]).Select((d, supervisor, kind) => kind switch
    {
        0 => Samples.Applicant,
        1 => Agency,
        2 => new Actor("mobile", "stranger", Applicant: "person:11010519491231002X"),
        3 => new Actor("mobile", "nobody"),
        4 => Agency with { Department = (Department)d },
        5 => Clerk((Department)d) with { Applicant = Company.Key }, // staff whose token also says whom they are for
        6 => Clerk((Department)d) with { IsAuditor = true },
        _ => supervisor ? Supervisor((Department)d) : Clerk((Department)d),
    });

    private static CaseSpec Walk(Item item, Item other, int[] picks)
    {
        string[] papers = picks.Length % 3 == 0 ? [] : ["paper-0-in", "paper-1-in"];
        // Now and then it is applied for jointly (APP-2).
        var spec = picks.Length % 5 != 4 ? CaseSpec.Submitted(item, papers) : new CaseSpec().Given(BySeller with
        {
            Item = item with { Applicants = Sale.Applicants, Roles = Sale.Roles },
            Materials = [.. papers.Select(Paper)],
        });
        foreach (var pick in picks)
        {
            var step = spec.Case.Steps[pick / 20 % spec.Case.Steps.Count];
            spec.At(spec.Now.AddMinutes(pick % 700).ToString("yyyy-MM-dd HH:mm", null));
            spec.When(Attempt(spec.Case, step, item, other, pick));
        }
        return spec;
    }

    // Any of those that prove something, whoever needs it.
    private static IReadOnlyList<DeliveredLicence> Held(int pick) =>
    [
        .. Enumerable.Range(0, 3).Where(m => (pick / 1000 >> m & 1) == 1)
            .Select(m => new DeliveredLicence("elsewhere", new($"proof-{m}", new("证", "Proof")), $"proves paper-{m}-in", China.At("2020-06-01 10:00"), China.Day("2020-06-15"))),
    ];

    private static Asked Attempt(Case c, StepState step, Item item, Item other, int pick)
    {
        var (clerk, head) = (Clerk(step.Department), Supervisor(step.Department));
        var (lead, leadHead) = (Clerk(c.Lead), Supervisor(c.Lead));
        var paper = $"paper-{pick / 200 % 4}-in";
        return (pick % 20) switch
        {
            0 or 1 => Ask.AcceptCase(lead, []) with { Held = Held(pick) },
            2 => Ask.PledgeMaterial(Agency, "paper-1-in", LegalClock.DayOf(c.SubmittedAt).AddDays(30).ToString("yyyy-MM-dd", null)),
            3 => Ask.SendCorrectionNotice(lead, [new($"notice about {paper}", paper), new("remark in a notice")]) with { Held = Held(pick) },
            4 or 5 => Ask.SupplyMaterials(pick % 3 == 0 ? lead : Agency, [Paper(paper) with { Name = $"given-{paper}" }]),
            6 => Ask.RedirectStep(clerk, step.Code, Anyone[pick % 6], $"redirected {step.Code}"),
            7 => Ask.ReferStepUpward(clerk, step.Code, $"referred {step.Code}"),
            8 => Ask.PauseClock(clerk, step.Code, PauseReason.Test, $"pause of {step.Code}"),
            9 or 10 when c.Pauses.LastOrDefault(p => p.IsOpen) is { } pause => Ask.ResumeClock(Clerk(c.Step(pause.Step)!.Department), pause.Number),
            11 => Ask.ExtendLimit(leadHead, Limit.WorkingDays(pick % 12), "extended"),
            12 => Ask.MoveCaseToItem(lead, c.Plan.Item == "OTHER" ? item : other with { Code = "OTHER" }, 2, "moved"),
            13 when pick % 3 == 0 => Ask.RefuseStep(head, step.Code, new($"basis of {step.Code}", $"reason of {step.Code}", "remedy")),
            14 when pick % 7 == 1 => Ask.RefuseStep(Supervisor(Anyone[pick % 6]), step.Code, new($"basis of {step.Code}", $"reason of {step.Code}", "remedy")),
            15 when pick % 7 == 1 => Ask.GrantStep(Supervisor(Anyone[pick % 6]), step.Code, $"granted {step.Code}"),
            13 when pick % 21 == 1 => Ask.DeclineCase(leadHead, NonAcceptanceKind.NotOurCompetence, "reason of the lead", pick % 2 == 0 ? Kebab.Of(Anyone[pick % 6]) : "elsewhere"),
            14 when pick % 7 == 0 => Ask.RefuseCase(leadHead, new("basis of the lead", "reason of the lead", "remedy")),
            15 when pick % 7 == 0 => Ask.WithdrawCase(Samples.Applicant, null),
            16 when pick % 5 == 2 => Ask.AddCorrectionLines(clerk, [new($"notice about {paper}", paper)]),
            16 when pick % 5 == 1 => Ask.ExtendNotice(Agency, "longer"),
            18 when pick % 2 == 0 => SignedBy(Buyer),
            17 when pick % 3 == 1 => Ask.LapseCase(leadHead, "reason of the lead"),
            _ => Ask.GrantStep(head, step.Code, $"granted {step.Code}"),
        };
    }
}

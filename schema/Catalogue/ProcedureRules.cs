using OneDoor.Clock;
using static OneDoor.Catalogue.CatalogueRules;

namespace OneDoor.Catalogue;

/// <summary>What an item's graph of steps must satisfy (CAT-3).</summary>
internal static class ProcedureRules
{
    /// <summary>Every problem of one item's procedure.</summary>
    internal static IEnumerable<CatalogueProblem> Check(Item item)
    {
        var path = $"{item.Code}/procedure";
        if (item.Procedure.Steps.Count == 0)
            return [Problem(path, "至少有一个办理环节。", "A procedure has at least one step.")];
        return [.. item.Procedure.Steps.SelectMany(step => OfStep(item, step)), .. Graph(item, path), .. Needs(item), .. DueLater(item), .. Together(item)];
    }

    private static IEnumerable<CatalogueProblem> OfStep(Item item, ProcedureStep step)
    {
        var path = $"{item.Code}/procedure/{step.Code}";
        if (!IsKebab(step.Code))
            yield return Problem(path, "环节编码须为小写短横线格式。", "The step's code is not in kebab case.");
        if (IsBlank(step.Name))
            yield return Problem(path, "环节名称的中文和英文都不能为空。", "The step's name is missing in Chinese or English.");
        if (!Enum.IsDefined(step.Department))
            yield return Problem(path, "环节的办理部门不存在。", "The step's department does not exist.");
        if (LimitProblem(step.Limit) is { } limit)
            yield return new($"{path}/limit", limit);
        if (step.StatutoryLimit is { } law && LimitProblem(law) is { } wrong)
            yield return new($"{path}/statutoryLimit", wrong);
        else if (step.StatutoryLimit?.InWorkingDays < step.Limit.InWorkingDays)
            yield return Problem($"{path}/limit", "环节时限不得长于其法定时限。", "The step takes longer than its own law leaves it.");
        if (step.Issues is { } licence && (!IsKebab(licence.Code) || IsBlank(licence.Name)))
            yield return Problem(
                $"{path}/issues",
                "证照须有小写短横线格式的编码和中英文名称。",
                "A licence has a code in kebab case and a name in Chinese and English.");
        foreach (var material in step.Materials.Where(code => item.Materials.All(material => material.Code != code)))
            yield return Problem(
                $"{path}/materials/{material}",
                "环节所需材料不在事项材料清单中。",
                "The step needs a material that the item does not ask for.");
        foreach (var before in step.After.Where(code => item.Procedure.Steps.All(other => other.Code != code)))
            yield return Problem($"{path}/after/{before}", "前置环节不存在。", "The step waits for a step that does not exist.");
    }

    private static IEnumerable<CatalogueProblem> Graph(Item item, string path)
    {
        var steps = item.Procedure.Steps;
        var codes = steps.Select(step => step.Code).ToHashSet();
        foreach (var code in Repeated(steps.Select(step => step.Code)))
            yield return Problem($"{path}/{code}", "环节编码重复。", "Two steps share the code.");
        if (codes.Count == steps.Count && steps.All(step => step.After.All(codes.Contains)))
        {
            if (CriticalPath.Ordered(item.Procedure) is null)
                yield return Problem(path, "办理环节互为前置，形成循环。", "The steps wait for each other in a circle.");
            else if (steps.All(step => LimitProblem(step.Limit) is null)
                && CriticalPath.Of(item.Procedure).WorkingDays > item.PromisedLimit?.InWorkingDays)
                yield return Problem(
                    path,
                    "环节时限之和超过承诺时限。",
                    "The longest chain of steps takes longer than the promised limit.");
        }
        // MODE-8: whoever accepts the case has something to do in it, exempt or not.
        foreach (var step in steps.Where(step => step.Eia == true && step.After.Count == 0))
            yield return Problem($"{path}/{step.Code}/eia", "可以豁免的环节不能是首个环节。", "A step that may be exempt is not a first step.");
        foreach (var step in steps.Where(step => step.Eia == true).Skip(1))
            yield return Problem($"{path}/{step.Code}/eia", "可以豁免的环节只有一个。", "One step may be exempt.");
        foreach (var step in steps.Where(step => step.Needed is not null && step.After.Count == 0))
            yield return Problem($"{path}/{step.Code}/needed", "可能不需要的环节不能是首个环节。", "A step that may not be needed is not a first step.");
        foreach (var step in steps.Where(step => step.Cancels is not null).Skip(1))
            yield return Problem($"{path}/{step.Code}/cancels", "只有一个环节注销证照。", "One step cancels a licence.");
        // The department answerable accepts the case and so must be at work from the start.
        if (!steps.Any(step => step.After.Count == 0 && step.Department == item.Department))
            yield return Problem(path, "责任部门须有首个办理环节。", "The department answerable has no first step.");
    }

    private static IEnumerable<CatalogueProblem> Needs(Item item)
    {
        var needed = item.Procedure.Steps.SelectMany(step => step.Materials).ToHashSet();
        return item.Materials.Where(material => !needed.Contains(material.Code))
            .Select(material => Problem(
                $"{item.Code}/materials/{material.Code}",
                "没有环节需要该材料，不应要求提交。",
                "No step needs the material, so nobody may ask for it."));
    }

    // JOINT-7, 行政许可法 art. 42 II: what several departments decide together has the time that its steps' own laws leave, and no other.
    private static IEnumerable<CatalogueProblem> Together(Item item)
    {
        if (!JointLimit.IsJoint(item) || CriticalPath.Ordered(item.Procedure) is null || item.Procedure.Steps.Any(step => step.StatutoryLimit is { } own && LimitProblem(own) is not null))
            yield break;
        var computed = JointLimit.Of(item.Procedure);
        if (computed is null)
            yield return Problem($"{item.Code}/statutoryLimit", "多部门联办的事项，须写明至少一个环节自身的法定时限。", "Of a joint matter one step at least says what its own law leaves it.");
        else if (computed != item.StatutoryLimit)
            yield return Problem(
                $"{item.Code}/statutoryLimit", $"按各环节自身的法定时限计算，应为{Words(computed).Zh}。", $"By its steps' own laws, and by what departments have together, it is {Words(computed).En}.");
        if (item.Extension?.InWorkingDays > JointLimit.ExtendedBy && !JointLimit.IsLonger(item.Procedure))
            yield return Problem($"{item.Code}/extension", "多部门联办的，延长不得超过十五个工作日。", "A joint matter is extended by fifteen working days at most.");
    }

    private static Text Words(Limit days) => new($"{days.Value:0} {Kebab.Of(days.Unit)}", $"{days.Value:0} {Kebab.Of(days.Unit)}");

    // JOINT-6: a first step opens with acceptance, for which all that it needs is there; and what is not due yet need not be deferred.
    private static IEnumerable<CatalogueProblem> DueLater(Item item)
    {
        var first = item.Procedure.Steps.Where(step => step.After.Count == 0).SelectMany(step => step.Materials).ToHashSet();
        foreach (var material in item.Materials.Where(material => material.NeededBy == MaterialNeed.Step))
        {
            var path = $"{item.Code}/materials/{material.Code}/neededBy";
            if (first.Contains(material.Code))
                yield return Problem(path, "首个环节所需材料须在申请时提交。", "A first step needs the material, so it is due with the application.");
            if (material.Deferrable)
                yield return Problem(path, "环节开始时提交的材料不再容缺后补。", "What is due when its step opens is not deferred besides.");
            if (material.ProvedBy is not null)
                yield return Problem(path, "可由证照证明的材料不在环节开始时另行提交。", "What a licence proves is looked for at submission, and not asked for when a step opens.");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Exemptions;

/// <summary>What the directory's conditions ask about a project; each is a member of the answers.</summary>
public enum EiaQuestion { SensitiveArea, Discharge, Spraying, HazardousWaste, Burning, DangerousGoods, ChemicalTreatment, Radiation, NewLand, Biosafety, Area, Length }

/// <summary>What is said of a project: as much as its class's conditions ask for.</summary>
/// <param name="SensitiveArea">Part of it lies in an environmentally sensitive area (环境敏感区, 建设项目环境影响评价分类管理名录 art. 3).</param>
/// <param name="Discharge">It adds a discharge of production waste water or process gas (新增排放).</param>
/// <param name="Spraying">Something is sprayed with paint or powder (喷涂).</param>
/// <param name="HazardousWaste">It produces hazardous waste (危险废物).</param>
/// <param name="Burning">It burns coal, heavy oil or another polluting fuel (高污染燃料).</param>
/// <param name="DangerousGoods">It stores dangerous chemicals (危险化学品).</param>
/// <param name="ChemicalTreatment">Something is electroplated, pickled, phosphated, dyed or otherwise treated chemically (化学处理).</param>
/// <param name="Radiation">It uses a radiation source or device (放射源、射线装置).</param>
/// <param name="NewLand">It takes new land or a water area (新增用地).</param>
/// <param name="Biosafety">It has a laboratory of biosafety level 3 or 4, or makes transgenic trials (生物安全).</param>
/// <param name="Area">Its floor area (建筑面积), or that of the business in it, in square metres: 0 to 1,000,000,000.</param>
/// <param name="Length">Its length (长度) in kilometres: 0 to 1,000,000,000.</param>
public sealed record EiaAnswers(
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? SensitiveArea = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? Discharge = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? Spraying = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? HazardousWaste = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? Burning = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? DangerousGoods = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? ChemicalTreatment = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? Radiation = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? NewLand = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? Biosafety = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Area = null, [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Length = null)
{
    internal const decimal Most = 1_000_000_000;

    /// <summary>The member that answers a question, as it stands in JSON.</summary>
    public static string NameOf(EiaQuestion question) => JsonNamingPolicy.CamelCase.ConvertName(question.ToString());

    /// <summary>What is said to a question: yes or no, or so much; neither where nothing is said.</summary>
    internal (bool? Yes, decimal? Amount) To(EiaQuestion question) => question switch
    {
        EiaQuestion.SensitiveArea => (SensitiveArea, null),
        EiaQuestion.Discharge => (Discharge, null),
        EiaQuestion.Spraying => (Spraying, null),
        EiaQuestion.HazardousWaste => (HazardousWaste, null),
        EiaQuestion.Burning => (Burning, null),
        EiaQuestion.DangerousGoods => (DangerousGoods, null),
        EiaQuestion.ChemicalTreatment => (ChemicalTreatment, null),
        EiaQuestion.Radiation => (Radiation, null),
        EiaQuestion.NewLand => (NewLand, null),
        EiaQuestion.Biosafety => (Biosafety, null),
        EiaQuestion.Area => (null, Area),
        EiaQuestion.Length => (null, Length),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "Nothing answers it."),
    };

    internal static Text InWords(EiaQuestion question, bool? yes, decimal? amount)
    {
        if (amount is not { } value)
            return yes == true ? new("是", "yes") : new("否", "no");
        var number = value.ToString("0.####", CultureInfo.InvariantCulture);
        return question == EiaQuestion.Length ? new($"{number}公里", $"{number} km") : new($"{number}平方米", $"{number} m²");
    }
}

/// <summary>Whether a project needs no assessment of its impact on the environment, and why (MODE-8).</summary>
/// <param name="Class">Code of its class.</param>
/// <param name="Exempt">It needs none: every condition holds.</param>
/// <param name="Entry">The entry of the directory that decided it; null where it is not exempt.</param>
/// <param name="Trace">Each condition of its class, in the directory's order.</param>
public sealed record EiaDecision(string Class, bool Exempt, EiaEntry? Entry, IReadOnlyList<EiaFinding> Trace);

/// <summary>An entry of the directory, as it stood when it decided.</summary>
/// <param name="Code">The class's code.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Industry">The industry's name.</param>
/// <param name="Source">Where it was published; null for samples.</param>
/// <param name="Sample">No public source has it: it is a plausible sample.</param>
public sealed record EiaEntry(string Code, Text Name, Text Industry, string? Source, bool Sample)
{
    internal static EiaEntry Of(EiaIndustry industry, EiaClass @class) => new(@class.Code, @class.Name, industry.Name, @class.Source, @class.Sample);
}

/// <summary>A condition and whether it holds of a project.</summary>
/// <param name="Condition">Its code.</param>
/// <param name="Text">What has to hold.</param>
/// <param name="Given">What was said.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record EiaFinding(string Condition, Text Text, Text Given, bool Holds);

namespace OneDoor;

/// <summary>The departments and vertically managed agencies behind the one door (部门 / 垂管部门).</summary>
public enum Department
{
    /// <summary>市场监管</summary>
    MarketRegulation,

    /// <summary>税务</summary>
    Tax,

    /// <summary>社保</summary>
    SocialSecurity,

    /// <summary>医保</summary>
    MedicalInsurance,

    /// <summary>海关</summary>
    Customs,

    /// <summary>公安</summary>
    PublicSecurity,

    /// <summary>国安</summary>
    StateSecurity,

    /// <summary>消防</summary>
    Fire,

    /// <summary>规划</summary>
    Planning,

    /// <summary>住建</summary>
    Construction,

    /// <summary>生态环境</summary>
    Ecology,

    /// <summary>政务服务办: runs the halls and sees the outline of every case.</summary>
    ServiceOffice,

    /// <summary>卫生健康</summary>
    Health,

    /// <summary>文化旅游</summary>
    Culture,

    /// <summary>交通运输</summary>
    Transport,

    /// <summary>应急管理</summary>
    Emergency,

    /// <summary>人力资源</summary>
    HumanResources,

    /// <summary>商务</summary>
    Commerce,

    /// <summary>水务</summary>
    Water,

    /// <summary>住房公积金</summary>
    HousingFund,
}

/// <summary>What the departments are called.</summary>
public static class DepartmentNames
{
    /// <summary>The department's name.</summary>
    public static Text Name(this Department department) => department switch
    {
        Department.MarketRegulation => new("市场监督管理局", "Market regulation"),
        Department.Tax => new("税务局", "Tax"),
        Department.SocialSecurity => new("社会保险经办机构", "Social security"),
        Department.MedicalInsurance => new("医疗保障局", "Medical insurance"),
        Department.Customs => new("海关", "Customs"),
        Department.PublicSecurity => new("公安局", "Public security"),
        Department.StateSecurity => new("国家安全局", "State security"),
        Department.Fire => new("消防救援机构", "Fire and rescue"),
        Department.Planning => new("规划和自然资源局", "Planning and natural resources"),
        Department.Construction => new("住房和建设局", "Housing and construction"),
        Department.Ecology => new("生态环境局", "Ecology and environment"),
        Department.ServiceOffice => new("政务服务办公室", "Government service office"),
        Department.Health => new("卫生健康委员会", "Health"),
        Department.Culture => new("文化和旅游局", "Culture and tourism"),
        Department.Transport => new("交通运输局", "Transport"),
        Department.Emergency => new("应急管理局", "Emergency management"),
        Department.HumanResources => new("人力资源和社会保障局", "Human resources and social security"),
        Department.Commerce => new("商务局", "Commerce"),
        Department.Water => new("水务局", "Water"),
        Department.HousingFund => new("住房公积金管理中心", "Housing fund"),
        _ => throw new ArgumentOutOfRangeException(nameof(department), department, "It has no name."),
    };
}

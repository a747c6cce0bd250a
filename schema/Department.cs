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

    /// <summary>政务服务办: runs the halls and sees every case.</summary>
    ServiceOffice,
}

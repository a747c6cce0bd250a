using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>
/// The agencies of the sandbox, one client per department, a kiosk, and an app of no department, all with the same, published secret. People
/// sign in to the app as well. In Development only.
/// </summary>
internal sealed class SandboxClients(IOpenIddictApplicationManager applications, IdentityDb db)
{
    public const string Prefix = "sandbox-";
    public const string Secret = "sandbox-secret";

    public static readonly IReadOnlyList<Department> Departments =
    [
        Department.Tax, Department.SocialSecurity, Department.MedicalInsurance, Department.Customs, Department.Fire,
        Department.PublicSecurity, Department.MarketRegulation, Department.Planning, Department.Construction, Department.Ecology,
        Department.StateSecurity, Department.HousingFund, Department.ServiceOffice,
    ];

    private static readonly string[] AgencyScopes =
    [
        Scopes.CasesSubmit, Scopes.CasesRead, Scopes.CasesHandle, Scopes.CasesSupervise, Scopes.LicencesRead, Scopes.LicencesManage,
        Scopes.EventsRead, Scopes.WebhooksManage, Scopes.AppointmentsManage, Scopes.QueueOperate, Scopes.ComplaintsHandle,
        Scopes.SupervisionHandle, Scopes.FilesWrite, Scopes.StatisticsRead,
    ];

    private static readonly string[] ServiceOfficeScopes = [.. AgencyScopes, Scopes.CasesAudit, Scopes.CatalogueManage, Scopes.ClientsManage];

    /// <summary>The scopes of a department's client.</summary>
    public static string[] ScopesOf(Department department) => department == Department.ServiceOffice ? ServiceOfficeScopes : AgencyScopes;

    /// <summary>Creates what is missing; what is there already is brought to what this version of the server says.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        foreach (var department in Departments)
            await SeedAsync(Describe(Kebab.Of(department), ScopesOf(department), (ClientProperties.Department, Kebab.Of(department))), ct);
        await SeedAsync(Describe("kiosk", [Scopes.TicketsTake], (ClientProperties.Hall, HallDirectory.Main)), ct);
        var app = Describe("app", RegisteredApps.Grantable);
        new Application(Application.Native, ["http://127.0.0.1/callback"], AsksConsent: false).Describe(app);
        await SeedAsync(app, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task SeedAsync(OpenIddictApplicationDescriptor wanted, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(wanted.ClientId!, ct) is not { } known)
        {
            await applications.CreateAsync(wanted, ct);
            return;
        }

        // Hashing a secret is slow by design: an unchanged client is left alone.
        if (!(await applications.GetPermissionsAsync(known, ct)).ToHashSet().SetEquals(wanted.Permissions) ||
            !await applications.ValidateClientSecretAsync(known, Secret, ct))
            await applications.UpdateAsync(known, wanted, ct);
    }

    private static OpenIddictApplicationDescriptor Describe(string name, string[] scopes, params (string Name, string Value)[] properties)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = Prefix + name,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            DisplayName = $"Sandbox: {name}",
            Properties = { [ClientProperties.Sandbox] = JsonSerializer.SerializeToElement(true) },
        };
        foreach (var (property, value) in properties)
            client.Properties[property] = JsonSerializer.SerializeToElement(value);
        client.Permissions.UnionWith(ClientProperties.MachinePermissions);
        client.Permissions.UnionWith(scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        return client;
    }
}

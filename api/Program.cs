using OneDoor;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.BusinessEnvironment;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Documents;
using OneDoor.Emergencies;
using OneDoor.Evidence;
using OneDoor.Exemptions;
using OneDoor.Feed;
using OneDoor.Files;
using OneDoor.Graph;
using OneDoor.Guidance;
using OneDoor.Halls;
using OneDoor.Licences;
using OneDoor.Notifications;
using OneDoor.Reviews;
using OneDoor.Sample;
using OneDoor.Staff;
using OneDoor.Standing;
using OneDoor.Statistics;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.Trials;
using OneDoor.Webhooks;
using OneDoor.WorkOrders;

var line = new CommandLine(args, Commands.All);
if (line.AsksForHelp)
    return Commands.Say(CommandLine.Help("OneDoor.Api", "serves the platform's API; a command does one thing instead.", Commands.All));
if (line.Refused is { } refused)
    return await Commands.Refuse(refused);
if (line.Command == Commands.Catalogue && line.Has("--schema"))
    return Commands.Say(CatalogueData.Schema().ToString());
if (line.Command == Commands.Catalogue && line.Has("--check"))
    return await LoadCatalogue.Check(line["--from"]);
if (line.Command == Commands.Sample && line.Has("--check"))
    return await CheckSample.Run(Commands.NumberOf(line["--cases"]), Commands.NumberOf(line["--seed"]));
WebApplication app;
try
{
    app = Map(Build(line));
}
catch (Exception fault) when (fault is not HostAbortedException)
{
    return await Commands.Refuse($"The platform cannot start: {CommandLine.InOneLine(fault)}");
}
await using (app)
{
    return line switch
    {
        { AsksForVersion: true } => Commands.Say(app.Services.GetRequiredService<PlatformVersion>().Show("OneDoor.Api")),
        { Command: Commands.Migrate } => await Commands.Run(() => SchemaCommand.Migrate(app.Services)),
        { Command: Commands.Rebuild } => await Commands.Run(() => app.Services.GetRequiredService<Rebuild>().Run(default)),
        { Command: Commands.Separate } => await Commands.Run(() => app.Services.GetRequiredService<SeparatePersonalData>().Run(default)),
        { Command: Commands.Erase } => await Commands.Run(() => app.Services.GetRequiredService<ErasePersonalData>().Run(Guid.Parse(line["--id"]!), default)),
        { Command: Commands.DisableWebhooks } => await Commands.Run(() => app.Services.GetRequiredService<DisableWebhooks>().Run(line["--client"]!, default)),
        { Command: Commands.Parked } => await Commands.Run(() => app.Services.GetRequiredService<Parked>().Run(line.Has("--again"), default)),
        { Command: Commands.Verify } => await Commands.Run(() => app.Services.GetRequiredService<VerifyFacts>().Run(line["--checkpoint"], default)),
        { Command: Commands.Catalogue } =>
            await Commands.Run(() => LoadCatalogue.Load(app.Services, line["--from"], PlatformDay.Parse(line["--effective"]))),
        { Command: Commands.Sample } => await Commands.Run(() => app.Services.GetRequiredService<LoadSample>().Run(Commands.NumberOf(line["--cases"]), Commands.NumberOf(line["--seed"]), line.Has("--if-empty"), default)),
        _ => await Commands.Serve(app),
    };
}

static WebApplication Build(CommandLine line)
{
    var builder = WebApplication.CreateBuilder(line.Settings);
    if (line.AsksForVersion)
        Commands.Unconfigure(builder);
    builder.AddPlatform(formerAddresses: ["Documents__Address", "Feed__Address", "Mail__Address", "Sms__Address"]);
    builder.AddSecurityText();
    builder.AddTelemetry();
    builder.AddStore(isMigration: line.Command is Commands.Migrate or Commands.Rebuild or Commands.Separate or Commands.Erase or Commands.Verify or Commands.Sample);
    builder.AddSigningKeys();
    builder.AddVersion();
    builder.AddTokenAuthentication();
    builder.AddHealth();
    builder.AddRestContract();
    builder.AddGraphDoor();
    builder.AddClock();
    builder.AddCatalogue();
    builder.AddFiles();
    builder.AddExemptions();
    builder.AddEmergencies();
    builder.AddCases();
    builder.AddGuidance();
    builder.AddBatches();
    builder.AddLicences();
    builder.AddSupervision();
    builder.AddStanding();
    builder.AddDocuments();
    builder.AddHalls();
    builder.AddAppointments();
    builder.AddComplaints();
    builder.AddReviews();
    builder.AddWorkOrders();
    builder.AddFeed();
    builder.AddWebhooks();
    builder.AddTickets();
    builder.AddEvidence();
    builder.AddNotifications();
    builder.AddStatistics();
    builder.AddStaff();
    builder.AddBusinessEnvironment();
    builder.AddTrials();
    builder.Services.AddSingleton<LoadSample>();

    return builder.Build();
}

static WebApplication Map(WebApplication app)
{
    app.UsePlatform();
    app.MapHealth();
    app.MapVersion();
    app.MapRestContract();
    app.MapGraphDoor();
    app.MapPages();
    app.MapSecurityText();
    app.MapPublishedKeys();
    app.MapVerifyPage();
    app.MapBoardPage();
    StatisticsPage.Map(app);
    BusinessEnvironmentPage.Map(app);
    app.MapMailPage();
    var v1 = app.MapGroup("/v1").RefuseUnknownParameters();
    v1.MapClock();
    v1.MapCatalogue();
    v1.MapFiles();
    v1.MapExemptions();
    v1.MapEmergencies();
    v1.MapCases();
    v1.MapGuidance();
    v1.MapBatches();
    v1.MapLicences();
    v1.MapSupervision();
    v1.MapStanding();
    v1.MapDocuments();
    v1.MapHalls();
    v1.MapAppointments();
    v1.MapComplaints();
    v1.MapReviews();
    v1.MapWorkOrders();
    v1.MapFeed();
    v1.MapWebhooks();
    v1.MapTickets();
    v1.MapEvidence();
    v1.MapNotifications();
    v1.MapStatistics();
    v1.MapStaff();
    v1.MapBusinessEnvironment();
    v1.MapTrials();
    return app;
}

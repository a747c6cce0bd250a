using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddTelemetry();
builder.AddStore(isMigration: args is ["migrate", ..]);
builder.AddTokenAuthentication();
builder.AddHealth();
builder.AddRestContract();
builder.AddGraphQlDoor();
builder.AddClock();
builder.AddCatalogue();
builder.AddCases();

var app = builder.Build();
switch (args)
{
    case ["migrate", ..]:
        return await SchemaCommand.Migrate(app.Services);
    case ["catalogue", ..]:
        return await LoadCatalogue.Load(app.Services, app.Configuration["from"], app.Configuration["effective"]);
    default:
        break;
}

app.UsePlatform();
app.MapHealth();
app.MapRestContract();
app.MapGraphQlDoor();
app.MapPages();
var v1 = app.MapGroup("/v1");
v1.MapClock();
v1.MapCatalogue();
v1.MapCases();
await app.RunAsync();
return Environment.ExitCode;

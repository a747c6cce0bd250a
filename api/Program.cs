using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

// Words before the first option are the command.
string[] words = [.. args.TakeWhile(word => !word.StartsWith('-'))];
if (Commands.Refused(words, args) is { } refused)
    return await Commands.Refuse(refused);

var builder = WebApplication.CreateBuilder(args[words.Length..]);
builder.AddPlatform();
builder.AddSecurityText();
builder.AddTelemetry();
builder.AddStore(isMigration: words is [Commands.Migrate]);
builder.AddTokenAuthentication();
builder.AddHealth();
builder.AddRestContract();
builder.AddGraphQlDoor();
builder.AddClock();
builder.AddCatalogue();
builder.AddCases();

var app = builder.Build();
switch (words)
{
    case [Commands.Migrate]:
        return await Commands.Run(() => SchemaCommand.Migrate(app.Services));
    case [Commands.Catalogue]:
        return await Commands.Run(() => LoadCatalogue.Load(app.Services, app.Configuration["from"], app.Configuration["effective"]));
    default:
        break;
}

app.UsePlatform();
app.MapHealth();
app.MapRestContract();
app.MapGraphQlDoor();
app.MapPages();
app.MapSecurityText();
var v1 = app.MapGroup("/v1").RefuseUnknownParameters();
v1.MapClock();
v1.MapCatalogue();
v1.MapCases();
return await Commands.Serve(app);

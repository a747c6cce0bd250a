using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneDoor.Cases;
using OneDoor.Notifications;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Whoever listens to what is committed, and goes wrong, takes nothing from others.</summary>
public sealed class Listeners(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_fails_ends_alone()
    {
        var news = platform.Api.Services.GetRequiredService<News<Case, CaseFact>>();
        var failing = news.Listen(_ => throw new ObjectDisposedException("request"), out var first);
        var others = news.Listen(_ => true, out var second);
        using var both = first;
        using var listening = second;

        // What is committed before anybody looks is no news: asked until it is told.
        var told = others.WaitToReadAsync(Ct).AsTask();
        while (!told.IsCompleted)
        {
            await CaseJourney.Submitted(platform, Applications.Plain);
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(300), Ct));
        }

        Assert.True(await told);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => failing.Completion.WaitAsync(RunningPlatform.Patience, Ct));
        Assert.False(platform.Api.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task What_people_are_told_is_read_once_for_all_of_them()
    {
        var news = platform.Api.Services.GetRequiredService<NotificationNews>();
        var told = new ToldApplicant(platform, Applications.Company());
        var (one, other) = (news.Listen(_ => true, out var first), news.Listen(_ => true, out var second));
        using var both = first;
        using var listening = second;

        var next = one.WaitToReadAsync(Ct).AsTask();
        while (!next.IsCompleted)
        {
            await told.Told();
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(300), Ct));
        }

        Assert.Same(await one.ReadAsync(Ct), await other.ReadAsync(Ct));
    }
}

using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Reviews;

namespace OneDoor.WorkOrders;

/// <summary>How the operations on work orders are asked for about one that a review of the tax department's work opened.</summary>
/// <param name="reviews">Who rates whom.</param>
public sealed class OpenedWorkOrders(GivenReviews reviews)
{
    private static readonly (string Command, object Body)[] Handling =
        [("contact", new { note = "我们会核实。" }), ("rectification", new { text = "清单已改正。" }), ("feedback", new { text = "不再重复索要材料。" })];

    /// <summary>A request for an operation; null where it is about no work order.</summary>
    /// <param name="operation">Its id.</param>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "listWorkOrders" or "getWorkOrder" or "getWorkOrderHistory" => About(await Opened()),
        "contactReviewer" => About(await Opened(), Handling[0].Body),
        "extendWorkOrder" => About(await Opened(), new { reason = "涉及两个部门。" }),
        "rectifyWorkOrder" => About(await Handled(1), Handling[1].Body),
        "feedBack" => About(await Handled(2), Handling[2].Body),
        "callBack" => About(await Handled(3), new { reached = true, note = "接通。", satisfied = true }),
        "answerWorkOrder" => About(await Handled(3), new { satisfied = true }),
        "closeWorkOrder" => About(await Answered()),
        _ => null,
    };

    /// <summary>The address of a new one.</summary>
    public async Task<string> Opened() => $"/v1/work-orders/{(await reviews.Given()).Json.GetProperty("workOrder").Text("id")}";

    /// <summary>The address of a new one of which the rated department has done so much.</summary>
    /// <param name="steps">1: contacted; 2: rectified as well; 3: fed back as well.</param>
    public async Task<string> Handled(int steps = 3) => await Handle(reviews.Rated, await Opened(), steps);

    /// <summary>Does so much about one.</summary>
    /// <param name="by">Who is rated.</param>
    /// <param name="path">Its address.</param>
    /// <param name="steps">As in <see cref="Handled"/>.</param>
    public static async Task<string> Handle(Client by, string path, int steps = 3)
    {
        foreach (var (command, body) in Handling.Take(steps))
            (await Do(by, path, command, body)).Must(200);
        return path;
    }

    /// <summary>Asks for a command on the version as it stands.</summary>
    public static async Task<Answered> Do(Client by, string path, string command, object? body = null) =>
        await by.Post($"{path}/{command}", body, ("If-Match", (await by.Get(path)).ETag));

    private async Task<string> Answered()
    {
        var path = await Handled();
        (await Do(reviews.Applicant, path, "answer", new { satisfied = true })).Must(200);
        return path;
    }

    private EntitledRequest About(string path, object? body = null) =>
        new(null, new Dictionary<string, string> { ["id"] = path.Split('/')[^1] }, body is null ? null : GivenReviews.Body(body)) { Read = () => reviews.Office.Get(path) };
}

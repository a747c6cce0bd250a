using System.Globalization;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Reviews;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Sample;

/// <summary>The facts of something beside a case of the sample.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Of">What it is.</param>
/// <param name="Facts">In order.</param>
public sealed record SampleStream(Guid Id, Type Of, IReadOnlyList<IFact> Facts);

/// <summary>
/// How people were served when a case of the sample was handled: the ticket of their visit, what they said of it, of what they complained, and what
/// was put right. As the case itself it is asked of the rules. No public source says any of it: all of it is a sample.
/// </summary>
public sealed class SampleService
{
    // Of a hundred cases, how many are rated, and of those with a visit how many as that; of a thousand, of which there is a complaint.
    private const int Rated = 8, OfVisit = 50, Complained = 3;

    // Of a hundred: complaints under no name, answers that say it is right or partly so, that are rated, and that satisfy; calls that are answered and content.
    private const int Anonymous = 20, Upheld = 30, Partly = 25, AnswerRated = 70, AnswerSatisfies = 75, Reached = 85, Content = 90;

    // Of thirty who owe something by a day, one misses it.
    private const int MissedOf = 30;

    // Of a thousand ratings, in the order of grades.
    private static readonly int[] Grades = [720, 212, 50, 13, 5];

    private static readonly Actor Office = SampleLife.Supervisor(Department.ServiceOffice);

    private readonly SampleCase _drawn;
    private readonly Case _case;
    private readonly Random _random;
    private readonly Actor _applicant;
    private readonly List<SampleStream> _told = [];

    private SampleService(SampleCase drawn, Case @case)
    {
        (_drawn, _case, _random) = (drawn, @case, new Random((int)Drawn.From(drawn.Number, "service")));
        _applicant = new("mobile", string.Create(CultureInfo.InvariantCulture, $"sample-{drawn.Number}"), Applicant: @case.Applicant.Applies.Key);
    }

    /// <summary>All of it.</summary>
    /// <param name="drawn">The case as it was drawn.</param>
    /// <param name="case">What its facts add up to.</param>
    /// <param name="visit">The visit with which it came in; null for none.</param>
    /// <exception cref="InvalidOperationException">A rule refuses something: the sample is not lawful.</exception>
    public static IReadOnlyList<SampleStream> Of(SampleCase drawn, Case @case, SampleVisit? visit)
    {
        var service = new SampleService(drawn, @case);
        var ticket = visit is null ? null : service.Serve(visit);
        if (service.Chance(Rated))
            service.Rate(ticket is not null && service.Chance(OfVisit) ? ticket : null);
        if (service._random.Next(1000) < Complained)
            service.Complain();
        return service._told;
    }

    private string Code => Sha256Digest.Of($"the code of the sample's {_drawn.Number}");

    private bool Chance(int ofHundred) => _random.Next(100) < ofHundred;

    private Guid IdOf(string what) => Sha256Digest.IdOf(string.Create(CultureInfo.InvariantCulture, $"the sample's {what} {_drawn.Number}"));

    private Ticket Serve(SampleVisit visit)
    {
        var (item, hall) = (_drawn.Cell.Item, _drawn.Cell.Hall);
        var holder = visit.ByPhone ? _applicant : new Actor($"kiosk-{hall}", $"kiosk-{hall}", Hall: hall);
        var window = SampleLife.Clerk(Ticket.HandlesGroup(item.Department, visit.Group.Code) ? item.Department : Department.ServiceOffice);
        var ticket = new Telling<Ticket, TicketFact>(Ticket.Evolve);
        void Do(DateTimeOffset at, Actor by, TicketCommand command) => ticket.Add(Ticket.Decide(
            ticket.State, command, new(by, LegalClock.Zone, at) { Hall = hall, Item = item, LastNumber = visit.Before, CodeDigest = Code, KnowsCase = true }));
        Do(visit.TakenAt, holder, new TakeTicket(item.Code));
        Do(visit.CalledAt, window, new CallTicket(visit.Window));
        Do(visit.BegunAt, window, new ServeTicket());
        Do(visit.EndedAt, window, new CompleteTicket(_case.Id));
        _told.Add(new(ticket.State!.Id, typeof(Ticket), ticket.Facts));
        return ticket.State;
    }

    // Of a visit whoever has its ticket, of a case who applied; on a later day, for a review has the day alone.
    private void Rate(Ticket? visit)
    {
        var at = LegalClock.MidnightOf(LegalClock.DayOf(visit?.EndedAt ?? _drawn.DecidedAt).AddDays(_random.Next(1, 8))).AddMinutes(_random.Next(8 * 60, 22 * 60));
        var (draw, grade) = (_random.Next(Grades.Sum()), ReviewGrade.VerySatisfied);
        for (; draw >= Grades[(int)grade]; grade++)
            draw -= Grades[(int)grade];
        var channel = visit is null ? IndicatorSets.ChannelOf(_case.Channel) : ReviewChannel.OnSite;
        var tags = IndicatorSets.InForce(channel, LegalClock.DayOf(at))?.Tags ?? [];
        var review = new Telling<Review, ReviewFact>(Review.Evolve);
        review.Add(Review.Decide(
            null, new GiveReview(
                grade, visit is null ? _case.Id : null, visit?.Id, Tags: tags.Count > 0 && Chance(30) ? [tags[_random.Next(tags.Count)].Code] : null,
                Comment: Review.IsPositive(grade) ? null : "等候时间较长。"),
            new(visit is { ApplicantKey: null } ? new Actor("", "") { CodeDigest = Code } : _applicant, LegalClock.Zone, at)
            { New = IdOf("review"), Case = visit is null ? _case : null, Ticket = visit }));
        _told.Add(new(review.State!.Id, typeof(Review), review.Facts));
        if (review.Facts is [ReviewGiven given] && Review.CauseOf(given, _case.Contact) is { } cause)
            PutRight(given.At, cause);
    }

    private void Complain()
    {
        var isAnonymous = Chance(Anonymous);
        var by = isAnonymous ? new Actor("", "") { CodeDigest = Code } : _applicant;
        var complaint = new Telling<Complaint, ComplaintFact>(Complaint.Evolve);
        void Do(DateOnly day, Actor who, ComplaintCommand command) => complaint.Add(Complaint.Decide(
            complaint.State, command, new(who, LegalClock.Zone, SampleDays.Moment(day, _random))
            { New = IdOf("complaint"), CodeDigest = isAnonymous ? Code : null, Name = _case.Applicant.Name, Matter = ComplaintMatter.Of(_case) }));
        DateOnly Answer(DateOnly from)
        {
            var day = SampleDays.After(from, _random.Next(MissedOf) == 0 ? 7 : _random.Next(1, 5));
            var draw = _random.Next(100);
            Do(day, Office, draw < Upheld ? new AnswerComplaint(ComplaintFinding.Upheld, "反映的情况属实，已责令改正。")
                : draw < Upheld + Partly ? new AnswerComplaint(ComplaintFinding.Partly, "反映的情况部分属实，已改正。") : new AnswerComplaint(ComplaintFinding.Unfounded, "经核查，反映的情况不属实。"));
            if (complaint.State!.CauseOf((ComplaintAnswered)complaint.Facts[^1]) is { } cause)
                PutRight(complaint.Facts[^1].At, cause);
            return day;
        }

        var filed = SampleDays.After(LegalClock.DayOf(_drawn.DecidedAt), _random.Next(1, 6));
        Do(filed, by, isAnonymous
            ? new FileComplaint(new(Department: _case.Lead), "窗口人员态度不好。", Anonymous: true)
            : new FileComplaint(new(Case: $"{_case.Id}"), "办理过程中多次往返。", Contact: _case.Contact is { } contact ? new(contact.Phone, contact.Email) : null));
        var accepted = SampleDays.After(filed, _random.Next(MissedOf) == 0 ? 3 : 1);
        Do(accepted, Office, new AcceptComplaint());
        var answered = Answer(accepted);
        if (Chance(AnswerRated))
        {
            var (rated, satisfies) = (SampleDays.After(answered, _random.Next(1, 5)), Chance(AnswerSatisfies));
            Do(rated, by, new RateComplaint(satisfies));
            // Who is told that nothing was wrong has it looked at once more, one level higher.
            if (!satisfies && complaint.State!.Answers[^1].Finding == ComplaintFinding.Unfounded)
            {
                Do(SampleDays.After(rated, 1), by, new ReopenComplaint("没有人向我了解情况。"));
                Answer(SampleDays.After(rated, 1));
            }
        }
        complaint.Add(Decision<ComplaintFact>.Of(complaint.State!.Lapse(DateTimeOffset.MaxValue)));
        _told.Add(new(complaint.State.Id, typeof(Complaint), complaint.Facts));
    }

    // REV-2: who rated or complained is called back, three times in vain where they are not reached or nobody knows how to.
    private void PutRight(DateTimeOffset at, WorkOrderCause cause)
    {
        var order = new Telling<WorkOrder, WorkOrderFact>(WorkOrder.Evolve);
        void Do(DateOnly day, Actor by, WorkOrderCommand command) => order.Add(WorkOrder.Decide(order.State, command, new(by, LegalClock.Zone, SampleDays.Moment(day, _random))));
        order.Add(WorkOrder.Open(at, IdOf(cause.Review is null ? "complaint's work order" : "review's work order"), cause, LegalClock.Zone, new()));
        var unit = SampleLife.Clerk(cause.Unit);
        var day = SampleDays.After(LegalClock.DayOf(at), _random.Next(MissedOf) == 0 ? 2 : 1);
        Do(day, unit, new ContactReviewer("已了解情况。"));
        day = SampleDays.After(day, _random.Next(MissedOf) == 0 ? 6 : _random.Next(1, 4));
        Do(day, unit, new RectifyWorkOrder("已整改并加强管理。"));
        day = SampleDays.After(day, 1);
        Do(day, unit, new FeedBack("已按您的意见整改。"));
        var isReached = cause.Contact is not null && Chance(Reached);
        for (var calls = 0; calls < (isReached ? 1 : 3); calls++)
        {
            day = SampleDays.After(day, 1);
            Do(day, Office, isReached ? new CallBack(Reached: true, "已回访。", Chance(Content)) : new CallBack(Reached: false, "未能联系到本人。"));
        }
        Do(SampleDays.After(day, 1), Office, new CloseWorkOrder());
        _told.Add(new(order.State!.Id, typeof(WorkOrder), order.Facts));
    }

    // What is told: what the rules make of each command.
    private sealed class Telling<TState, TFact>(Func<TState?, TFact, TState> evolve) where TState : class where TFact : class, IFact
    {
        private readonly List<TFact> _facts = [];

        public TState? State { get; private set; }

        public IReadOnlyList<TFact> Facts => _facts;

        public void Add(Decision<TFact> decided)
        {
            if (decided.Refused is { } refused)
                throw new InvalidOperationException($"{typeof(TState).Name}: {refused.Code} {refused.Detail?.En} {string.Join(' ', refused.Fields.Select(field => field.Pointer))}");
            _facts.AddRange(decided.Facts);
            State = decided.Facts.Aggregate(State, (state, fact) => evolve(state, fact));
        }
    }
}

-- STAT-3: what the zone published of its cases, counted from the stored facts alone, without the platform: a row for each figure with its value.
--   psql … -f tests/Journeys/Statistics/published.sql
with items as (
    select data -> 'item' ->> 'code' as code, version, data -> 'item' ->> 'category' as category, data -> 'item' ->> 'origin' as origin, (data -> 'item' ->> 'createsEntity')::boolean as creates
    from onedoor.mt_events where type = 'item_published'),
submitted as (select stream_id, data ->> 'channel' in ('Online', 'Mobile') as online from onedoor.mt_events where type = 'case_submitted'),
-- What was sent to another item is that item's.
planned as (
    select distinct on (stream_id) stream_id, data -> 'plan' ->> 'item' as item, (data -> 'plan' ->> 'version')::bigint as version
    from onedoor.mt_events where type in ('case_submitted', 'case_moved_to_item') order by stream_id, mt_events.version desc),
concluded as (
    select stream_id, (data ->> 'at')::timestamptz at time zone 'Asia/Shanghai' as at, type = 'case_granted' or data ->> 'outcome' in ('Granted', 'PartlyGranted') as granted,
        (data -> 'actual' ->> 'value')::numeric * case data -> 'actual' ->> 'unit' when 'HallHours' then 3600 when 'WorkingDays' then 8 * 3600 end as seconds
    from onedoor.mt_events where type in ('case_granted', 'case_ended', 'case_refused', 'case_not_accepted')),
expedited as (select distinct stream_id from onedoor.mt_events where type = 'case_expedited'),
-- The number of what was founded is personal: that there is one is not.
founded as (select distinct stream_id from onedoor.mt_events where type = 'step_granted' and data ->> 'uscc' is not null),
cases as (
    select i.*, s.online, c.at, c.granted, c.seconds, c.at >= '2020-02-03' as epidemic, e.stream_id is not null as expedited, f.stream_id is not null as founded
    from concluded c join submitted s using (stream_id) join planned p using (stream_id) join items i on (i.code, i.version) = (p.item, p.version) left join expedited e using (stream_id) left join founded f using (stream_id)
    where c.at >= '2015-06-01' and c.at < '2020-06-01'),
municipal as (select code, avg(seconds) as mean from cases where origin = 'Municipal' and seconds is not null group by code)
select 'cases' as id, count(*)::numeric as value from cases
union all select 'cases-licences', count(*) from cases where category = 'AdministrativeLicence'
union all select 'cases-public-services', count(*) from cases where category = 'PublicService'
union all select 'cases-internal', count(*) from cases where category = 'InternalApproval'
union all select 'cases-other', count(*) from cases where category = 'Other'
union all select 'municipal-cases-2019', count(*) from cases where origin = 'Municipal' and date_part('year', at) = 2019
union all select 'municipal-actual-days', round(avg(mean) / (8 * 3600) * 7 / 5, 6) from municipal
union all select 'epidemic-cases', count(*) from cases where epidemic
union all select 'epidemic-online-share', round(avg(online::int) filter (where epidemic), 6) from cases
union all select 'epidemic-projects', count(*) from cases where epidemic and expedited
union all select 'new-market-entities', count(*) from cases where epidemic and creates and granted and founded;

# Lets the bot start with Windows, whoever is logged in. In a PowerShell window of an administrator:
#   powershell -ExecutionPolicy Bypass -File C:\lianxinqiao\deploy\windows.ps1
# docs/running.md tells what comes before and after. ASCII only: Windows PowerShell reads this file in the code page of the machine.
$ErrorActionPreference = 'Stop'
$folder = Split-Path -Parent $PSScriptRoot
if ($folder -like "$env:SystemDrive\Users\*") { throw "Move $folder to C:\lianxinqiao first: the task may not read folders of a user." }
if (-not (Test-Path "$folder\dist\cli\main.js")) { throw 'Run "npm ci" and "npm run check" first.' }
$node = (Get-Command node).Source

# What residents say is read by administrators and by the account of the task, LOCAL SERVICE, and by nobody else on this machine.
New-Item -ItemType Directory -Force "$folder\state" | Out-Null
icacls "$folder\state" /inheritance:r /grant '*S-1-5-19:(OI)(CI)M' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if (Test-Path "$folder\.env") { icacls "$folder\.env" /inheritance:r /grant '*S-1-5-19:R' '*S-1-5-18:F' '*S-1-5-32-544:F' | Out-Null }

$line = "/c `"`"$node`" --disable-warning=ExperimentalWarning tools\run.js start >> state\bot.log 2>&1`""
$task = @{
  TaskName  = 'lianxinqiao'
  Action    = New-ScheduledTaskAction -Execute $env:ComSpec -Argument $line -WorkingDirectory $folder
  Trigger   = New-ScheduledTaskTrigger -AtStartup
  Principal = New-ScheduledTaskPrincipal -UserId 'LOCALSERVICE' -LogonType ServiceAccount
  # Without the first of these Windows ends a task after three days; without the others, when a laptop is unplugged.
  Settings  = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1)
}
Register-ScheduledTask @task -Force | Out-Null
Start-ScheduledTask -TaskName 'lianxinqiao'
Write-Output 'It is started. The page: http://127.0.0.1:8686  What it says: state\bot.log'
